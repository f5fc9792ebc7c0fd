import { createConnection, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** What happens to the connection of the next COMMIT: cut before the engine gets it, or once it has been carried out. */
export type Cut = 'before' | 'after'

export type CuttingProxy = {
  /** The database's address through the proxy. */
  readonly url: string
  /** Arms one cut; resolves once it was made. */
  cutNextCommit(when: Cut): Promise<void>
  /** Cuts all connections and refuses new ones until `resume`. */
  refuse(): void
  resume(): void
  close(): Promise<void>
}

/** COM_QUERY with the statement `commit`: length 7, packet 0. */
const COMMIT = Buffer.from([7, 0, 0, 0, 3, ...Buffer.from('commit')])

/** A TCP proxy in front of a MariaDB that loses connections at the worst moment. */
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
    // The engine's answer says that it is done; it is not passed on.
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
