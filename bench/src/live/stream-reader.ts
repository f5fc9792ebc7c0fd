/** Incrementally parses the HTTP response of a live stream. */
export type StreamReader = {
  /** Parses the next bytes. Throws where the response is not a stream: another status, or invalid chunks. */
  read(bytes: Buffer): void
}

const HEAD_END = '\r\n\r\n'
const MAX_CACHED_MESSAGES = 16

/** Returns the ids of the zones in complete messages. */
export type ReadZones = (messages: string) => readonly string[]

/**
 * Streams of the same cells receive the same text. Parsing is cached by text, so that one process can read ten thousand streams.
 */
export function createReadZones(): ReadZones {
  const cache = new Map<string, readonly string[]>()
  return (messages) => {
    const cached = cache.get(messages)
    if (cached !== undefined) return cached
    const zones = zonesIn(messages)
    if (cache.size === MAX_CACHED_MESSAGES) cache.clear()
    cache.set(messages, zones)
    return zones
  }
}

function zonesIn(messages: string): string[] {
  const figures = messages.split('\n\n').filter((message) => /^event: availability$/m.test(message))
  return figures.flatMap((message) => [...message.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id))
}

/**
 * Parses an HTTP/1.1 response with any splits: head, chunks, messages. Calls `onZones` with the zones of messages once they are
 * complete.
 */
export function createStreamReader(readZones: ReadZones, onZones: (zones: readonly string[]) => void): StreamReader {
  let inHead = true
  let rest: Buffer | null = null
  let partial = ''

  function readText(text: string): void {
    const all = partial + text
    const end = all.lastIndexOf('\n\n') + 2
    if (end < 2) {
      partial = all
      return
    }
    partial = all.slice(end)
    const zones = readZones(partial === '' ? all : all.slice(0, end))
    if (zones.length > 0) onZones(zones)
  }

  /** Offset of the end of the head; negative where it is incomplete. */
  function endOfHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END)
    if (end < 0) return end
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 200 ') || !/\r\ntransfer-encoding: chunked(\r\n|$)/i.test(head)) {
      throw new Error(`not a stream: ${head.slice(0, 200)}`)
    }
    return end + HEAD_END.length
  }

  /** Reads the chunk at an offset and returns the offset of its end; negative where it is incomplete. */
  function readChunk(bytes: Buffer, at: number): number {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return lineEnd
    const line = bytes.toString('latin1', at, lineEnd)
    if (!/^[\da-f]{1,8}$/i.test(line)) throw new Error(`not the length of a chunk: ${line.slice(0, 40)}`)
    const end = lineEnd + 2 + Number.parseInt(line, 16)
    if (bytes.length < end + 2) return -1
    readText(bytes.toString('latin1', lineEnd + 2, end))
    return end + 2
  }

  return {
    read(chunk) {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
      let at = 0
      while (at < bytes.length) {
        const end = inHead ? endOfHead(bytes) : readChunk(bytes, at)
        if (end < 0) break
        inHead = false
        at = end
      }
      // Copied, because the read buffer is reused.
      rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null
    },
  }
}
