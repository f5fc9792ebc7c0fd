import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { scatteredPlace, scatteredZones } from './support/scattered-zones.ts'
import { useService } from './support/use-service.ts'

// Lists are written into one reused buffer. Data that a slow client has not read yet must not be overwritten.

const READERS = 4
const REQUESTS = 150

/** The bodies of all responses on a connection. */
function bodiesOf(stream: Buffer): string[] {
  const bodies: string[] = []
  for (let at = 0; at < stream.length;) {
    const end = stream.indexOf('\r\n\r\n', at)
    const length = Number(/content-length: (\d+)/i.exec(stream.toString('latin1', at, end))?.[1])
    at = end + 4 + length
    bodies.push(stream.toString('utf8', end + 4, at))
  }
  return bodies
}

const withoutTimes = (body: string): string => body.replaceAll(/"(asOf|observedAt)":"[^"]*"/g, '')

async function readAll(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  await once(socket, 'end')
  return Buffer.concat(parts)
}

forEachEngine((engine) => {
  const random = seededRandom(11)
  const at = useService(engine, {
    zones: scatteredZones(random, 2_000),
    env: { KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '0' },
  })

  it(
    'responses are intact for clients that send many requests at once and read late',
    { timeout: 60_000 },
    async () => {
      const { url } = at()
      const readers = Array.from({ length: READERS }, () => {
        const paths = Array.from({ length: REQUESTS }, () => {
          const { lat, lng } = scatteredPlace(random)
          return `/v1/zones/nearby?lat=${lat}&lng=${lng}&radius=50000&limit=100`
        })
        const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
        // Nothing is read before `readAll`, so the send buffer of the server is soon full.
        const requests = paths.map((path, i) => {
          const last = i === paths.length - 1 ? 'Connection: close\r\n' : ''
          return `GET ${path} HTTP/1.1\r\nHost: test\r\n${last}\r\n`
        })
        socket.write(requests.join(''))
        return { socket, paths }
      })
      await sleep(1000)
      for (const { socket, paths } of readers) {
        const bodies = bodiesOf(await readAll(socket))
        expect(bodies.length).toBe(paths.length)
        for (const [i, path] of paths.entries()) {
          const alone = await (await fetch(`${url}${path}`)).text()
          expect(withoutTimes(bodies[i]) === withoutTimes(alone), path).toBe(true)
        }
      }
    },
  )
})
