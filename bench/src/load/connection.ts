import { connect } from 'node:net'

const HEAD_END = Buffer.from('\r\n\r\n')

export type Answer = { readonly status: number; readonly bytes: number; readonly body: Buffer | null }

/** Supplies a connection with requests and receives the responses. `next` returns null at the end. */
export type Exchange = {
  next(): Buffer | string | null
  answered(answer: Answer): void
  failed(error: Error): void
}

/**
 * One keep-alive connection that sends a request, waits for the complete response, and sends the next, without pipelining. To keep
 * its own load low, it only parses status and length. Every response must have a Content-Length.
 */
export function runConnection(port: number, keepBodies: boolean, exchange: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let head: Buffer | null = null
    let status = 0
    let length = 0
    let missing = -1
    let parts: Buffer[] = []

    function sendNext(): void {
      const request = exchange.next()
      if (request === null) socket.end()
      else socket.write(request)
    }

    function readHead(chunk: Buffer): Buffer | null {
      const seen = head === null ? chunk : Buffer.concat([head, chunk])
      const end = seen.indexOf(HEAD_END)
      if (end < 0) {
        head = seen
        return null
      }
      head = null
      const text = seen.toString('latin1', 0, end)
      status = Number(text.slice(9, 12))
      length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) throw new Error(`a response without Content-Length:\n${text}`)
      missing = length
      return seen.subarray(end + HEAD_END.length)
    }

    socket.on('data', (chunk) => {
      const body = missing < 0 ? readHead(chunk) : chunk
      if (body === null) return
      missing -= body.length
      if (keepBodies) parts.push(body)
      if (missing > 0) return
      missing = -1
      exchange.answered({ status, bytes: length, body: keepBodies ? Buffer.concat(parts) : null })
      parts = []
      sendNext()
    })
    socket.once('connect', sendNext)
    socket.once('error', (error) => exchange.failed(error))
    socket.once('close', () => resolve())
  })
}
