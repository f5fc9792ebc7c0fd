import type { ReportInput } from '@kickstand/contract'
import { seededRandom } from '@kickstand/testkit'
import type { LoadRequest } from '../load/plan.ts'
import type { Target } from '../rounds.ts'
import type { ServerProcess } from '../servers.ts'
import type { World } from '../world/fill-world.ts'

const CONNECTIONS = [64, 256]
const ONE_ZONE_WRITERS = 64
const BODIES = 5_000
const LEVELS = ['plenty', 'some', 'few', 'full'] as const
const BARE = 'bare POST'

export const SPREAD_OUT = 'reports'

export function isBare(name: string): boolean {
  return name.startsWith(BARE)
}

/** The targets: reports on all zones and on one, and a bare route with the same requests. */
export function reportTargets(world: World, server: ServerProcess, bare: ServerProcess): Target[] {
  const random = seededRandom(6)
  const anyZone = (): string => world.ids[Math.floor(random() * world.ids.length)]
  const spreadOut = Array.from({ length: BODIES }, () => aReport(anyZone(), random))
  const oneZone = Array.from({ length: BODIES }, () => aReport(world.ids[0], random))
  return [
    ...CONNECTIONS.flatMap((connections) => [
      target(SPREAD_OUT, connections, server, '/v1/reports', spreadOut),
      target(BARE, connections, bare, '/fixed', spreadOut),
    ]),
    target('reports on one zone', ONE_ZONE_WRITERS, server, '/v1/reports', oneZone),
  ]
}

/** Each connection has its own rider, and each report its own idempotency key, as in the app. */
function target(
  name: string,
  connections: number,
  server: ServerProcess,
  route: string,
  reports: readonly ReportInput[],
): Target {
  const requests = reports.map((body): LoadRequest => ({ path: route, body: JSON.stringify(body) }))
  const bearers = Array.from({ length: connections }, (_, i) => `bench-rider-${String(i).padStart(20, '0')}`)
  const keyPrefix = `${name.replaceAll(' ', '-')}-${connections}`
  return {
    name: `${name}, ${connections} connections`,
    server,
    plan: { connections, requests, bearers, keyPrefix, keepBodies: false },
  }
}

function aReport(zoneId: string, random: () => number): ReportInput {
  if (random() < 0.5) return { zoneId, kind: 'count', count: Math.floor(random() * 12) }
  return { zoneId, kind: 'level', level: LEVELS[Math.floor(random() * LEVELS.length)] }
}
