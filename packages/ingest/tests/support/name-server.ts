import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'

export type NameServer = {
  /** Resolves the IPv4 addresses of a host with this name server only. */
  resolve(host: string): Promise<readonly string[]>
  /** Number of queries. */
  asked(): number
  close(): void
}

/** A name server on loopback for A records. `answer` may return other addresses each time (`asked` counts from 1). */
export async function startNameServer(answer: (host: string, asked: number) => readonly string[]): Promise<NameServer> {
  const socket = createSocket('udp4')
  let asked = 0
  socket.on('message', (query, from) => {
    asked += 1
    socket.send(replyTo(query, answer(nameIn(query), asked)), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return { resolve: (host) => resolver.resolve4(host), asked: () => asked, close: () => socket.close() }
}

const HEADER = 12

function nameIn(query: Buffer): string {
  const labels: string[] = []
  for (let at = HEADER; query[at] > 0; at += query[at] + 1) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]))
  }
  return labels.join('.')
}

/** The question and an A record with TTL 0 for each address (RFC 1035 §4). */
function replyTo(query: Buffer, addresses: readonly string[]): Buffer {
  const end = query.indexOf(0, HEADER) + 5
  const header = Buffer.from(query.subarray(0, HEADER))
  header.writeUInt16BE(addresses.length > 0 ? 0x8180 : 0x8183, 2)
  header.writeUInt16BE(addresses.length, 6)
  header.fill(0, 8, HEADER)
  const records = addresses.map((address) =>
    Buffer.from([0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  )
  return Buffer.concat([header, query.subarray(HEADER, end), ...records])
}
