import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type RawRequest = {
  /** Sends more, as it is. Resolves once the system has taken it; also where the other side has hung up. */
  send(bytes: string | Buffer): Promise<void>
  /** What came back so far. */
  text(): string
  /** The status that came back, once one has. */
  status(): Promise<number>
  /** Milliseconds from the first byte sent until the other side hung up. */
  readonly hungUp: Promise<number>
  destroy(): void
}

/** A request over a socket of its own, sent piece by piece and left as it is for as long as the test likes. `headEnds`: false where the head waits for more. */
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
