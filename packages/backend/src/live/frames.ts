/** Messages of a stream as bytes, encoded once for all recipients. */
export type Frames = {
  readonly text: Buffer
  /** The same as a chunk of an HTTP/1.1 body (RFC 9112, 7.1). */
  readonly chunk: Buffer
}

export function toFrames(text: string): Frames {
  const head = `${Buffer.byteLength(text).toString(16)}\r\n`
  const chunk = Buffer.from(`${head}${text}\r\n`)
  return { chunk, text: chunk.subarray(head.length, -2) }
}

/** One message of the stream. `id` is a time, so that every server can interpret it. */
export function messageText(event: string, id: number, data: string): string {
  return `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`
}
