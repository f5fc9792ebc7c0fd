/** Reads exact numbers of bytes from chunks of any size. All return less at the end of the source only. */
export type ByteSource = {
  /** The next bytes, as a copy. */
  take(count: number): Promise<Buffer>
  /** Passes the next bytes on, chunk by chunk; a chunk is valid during the call. Returns their number. */
  pass(count: number, to: (chunk: Buffer) => Promise<void> | void): Promise<number>
}

/** Reads from the beginning of `chunks`. Rejects as they do. */
export function createByteSource(chunks: AsyncIterator<Buffer>): ByteSource {
  let rest: Buffer = Buffer.alloc(0)

  async function pass(count: number, to: (chunk: Buffer) => Promise<void> | void): Promise<number> {
    let passed = 0
    while (passed < count) {
      if (rest.length === 0) {
        const next = await chunks.next()
        if (next.done === true) break
        rest = next.value
      }
      const chunk = rest.subarray(0, count - passed)
      await to(chunk)
      passed += chunk.length
      rest = rest.subarray(chunk.length)
    }
    return passed
  }

  return {
    pass,
    async take(count) {
      const parts: Buffer[] = []
      await pass(count, (chunk) => void parts.push(Buffer.from(chunk)))
      return Buffer.concat(parts)
    },
  }
}
