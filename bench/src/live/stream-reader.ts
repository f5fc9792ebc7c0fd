/** Reads the answer to a live stream's request as it comes over a socket. */
export type StreamReader = {
  /** The next bytes. Throws where the answer is not a stream: another status, or framing that is none. */
  read(bytes: Buffer): void
}

const HEAD_END = '\r\n\r\n'
const MESSAGES_KEPT = 16

/** The zones that whole messages tell figures of. */
export type ReadZones = (messages: string) => readonly string[]

/**
 * Streams that look at the same place are sent the same text: it is taken apart once, so that ten thousand of them can be read
 * in one process.
 */
export function createReadZones(): ReadZones {
  const kept = new Map<string, readonly string[]>()
  return (messages) => {
    const known = kept.get(messages)
    if (known !== undefined) return known
    const zones = zonesIn(messages)
    if (kept.size === MESSAGES_KEPT) kept.clear()
    kept.set(messages, zones)
    return zones
  }
}

function zonesIn(messages: string): string[] {
  const figures = messages.split('\n\n').filter((message) => /^event: availability$/m.test(message))
  return figures.flatMap((message) => [...message.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id))
}

/**
 * Takes an HTTP/1.1 answer apart: head, chunks, messages, whatever they are cut into on the way. `told` hears of the zones in
 * each message, once the message is whole.
 */
export function createStreamReader(readZones: ReadZones, told: (zones: readonly string[]) => void): StreamReader {
  let inHead = true
  let rest: Buffer | null = null
  let half = ''

  function takeText(text: string): void {
    const all = half + text
    const end = all.lastIndexOf('\n\n') + 2
    if (end < 2) {
      half = all
      return
    }
    half = all.slice(end)
    const zones = readZones(half === '' ? all : all.slice(0, end))
    if (zones.length > 0) told(zones)
  }

  /** Where the head ends; negative where it has not yet. */
  function endOfHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END)
    if (end < 0) return end
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 200 ') || !/\r\ntransfer-encoding: chunked(\r\n|$)/i.test(head)) {
      throw new Error(`not a stream: ${head.slice(0, 200)}`)
    }
    return end + HEAD_END.length
  }

  /** Where the chunk at a place ends; negative where it is not all there. Its text is taken. */
  function takeChunk(bytes: Buffer, at: number): number {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return lineEnd
    const line = bytes.toString('latin1', at, lineEnd)
    if (!/^[\da-f]{1,8}$/i.test(line)) throw new Error(`not the length of a chunk: ${line.slice(0, 40)}`)
    const end = lineEnd + 2 + Number.parseInt(line, 16)
    if (bytes.length < end + 2) return -1
    takeText(bytes.toString('latin1', lineEnd + 2, end))
    return end + 2
  }

  return {
    read(chunk) {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
      let at = 0
      while (at < bytes.length) {
        const end = inHead ? endOfHead(bytes) : takeChunk(bytes, at)
        if (end < 0) break
        inHead = false
        at = end
      }
      // Copied: what is read into is used again.
      rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null
    },
  }
}
