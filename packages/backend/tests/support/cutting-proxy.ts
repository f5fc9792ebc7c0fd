import { createConnection, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** When the connection of the next COMMIT is cut: before the engine receives it, or after it was executed. */
export type Cut = 'before' | 'after'

export type CuttingProxy = {
  /** The URL of the database through the proxy. */
  readonly url: string
  /** Cuts the connection of the next COMMIT; resolves once it is cut. */
  cutNextCommit(when: Cut): Promise<void>
  /** Cuts all connections and rejects new ones until `resume`. */
  refuse(): void
  resume(): void
  close(): Promise<void>
}

/** COM_QUERY with the statement `commit`: length 7, packet 0. */
const COMMIT = Buffer.from([7, 0, 0, 0, 3, ...Buffer.from('commit')])

/** A TCP proxy for MariaDB that cuts connections at a chosen moment. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let armed: { readonly when: Cut; readonly done: () => void } | null = null
  let refusing = false

  const server = createServer((client) => {
    if (refusing) return void client.destroy()
    const upstream = createConnection(Number(port), hostname)
    let cutOnAnswer = false
    const cut = (): void => {
      for (const socket of [client, upstream]) {
        socket.destroy()
        open.delete(socket)
      }
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('close', cut)
    }
    client.on('data', (chunk) => {
      if (armed !== null && chunk.equals(COMMIT)) {
        const { when, done } = armed
        armed = null
        done()
        if (when === 'before') return cut()
        cutOnAnswer = true
      }
      upstream.write(chunk)
    })
    // The engine has executed the commit; its response is dropped.
    upstream.on('data', (chunk) => (cutOnAnswer ? cut() : client.write(chunk)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(target)
  url.port = String(typeof address === 'object' ? address?.port : '')

  return {
    url: url.href,
    cutNextCommit: (when) => new Promise((done) => (armed = { when, done })),
    refuse() {
      refusing = true
      for (const socket of open) socket.destroy()
    },
    resume() {
      refusing = false
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
