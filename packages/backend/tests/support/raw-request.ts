import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type RawRequest = {
  /** Sends more raw data. Resolves once the system has accepted it, also if the server has closed the connection. */
  send(bytes: string | Buffer): Promise<void>
  /** The response so far. */
  text(): string
  /** Resolves to the status of the response. */
  status(): Promise<number>
  /** Milliseconds from the first sent byte until the server closed the connection. */
  readonly hungUp: Promise<number>
  destroy(): void
}

/** A raw request on a separate socket, sent piece by piece. `headEnds`: false leaves the headers incomplete. */
export async function openRequest(url: string, head: string, headEnds = true): Promise<RawRequest> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  const began = performance.now()
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  const hungUp = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - began)))
  const send = (bytes: string | Buffer): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed) resolve()
      else socket.write(bytes, () => resolve())
    })
  await send(headEnds ? `${head}\r\n\r\n` : `${head}\r\n`)
  return {
    send,
    text: () => text,
    async status() {
      while (!/^HTTP\/1\.1 \d{3}/.test(text) && !socket.destroyed) {
        await Promise.race([once(socket, 'data'), hungUp])
      }
      return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
    },
    hungUp,
    destroy: () => void socket.destroy(),
  }
}
