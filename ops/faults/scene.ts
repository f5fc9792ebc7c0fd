import { tileX, tileY } from '@kickstand/domain'
import { seedServers, type Layout } from '../tests/layout.ts'

/** Servers under test and their addresses. */
export type Place = {
  /** Name of the database in the results table. */
  readonly engine: string
  /** URLs that phones use in turn: the CDN or the load balancer, or the servers themselves. */
  readonly fronts: readonly string[]
  /** URLs of all app servers, without a proxy in between. */
  readonly servers: readonly string[]
  readonly databaseUrl: string
}

/** Separate zones for each fault, so that no report of another fault is counted. */
export type Scene = Place & {
  readonly name: string
  readonly zones: readonly string[]
  /** Their position, and their cell of a live stream. */
  readonly lat: number
  readonly lng: number
  readonly cell: string
}

const ZONES = 12
const LNG = -122.4

/** A whole layout, reached through its CDN. */
export function placeOf(layout: Layout): Place {
  return {
    engine: layout.state.database === 'galera' ? 'Galera' : 'MariaDB',
    fronts: [layout.part('cdn').address],
    servers: layout.state.parts.filter(({ kind }) => kind === 'server').map(({ address }) => address),
    databaseUrl: layout.state.serverEnv['KICKSTAND_DATABASE_URL'] ?? '',
  }
}

let scenes = 0

/** Creates the zones of a scene, and waits until every server knows them. */
export async function openScene(place: Place, count = ZONES): Promise<Scene> {
  scenes += 1
  const name = `fault${String(scenes).padStart(3, '0')}`
  // Farther apart than the largest search radius.
  const lat = scenes / 2
  const ids = Array.from({ length: count }, (_, i) => `${name}zone${String(i).padStart(2, '0')}`)
  const zones = ids.map((id) => ({ id, capacity: 40, lat, lng: LNG }))
  await seedServers(place.databaseUrl, place.servers, zones)
  return {
    ...place,
    name,
    zones: ids,
    lat,
    lng: LNG,
    cell: `13/${Math.floor(tileX(LNG, 13))}/${Math.floor(tileY(lat, 13))}`,
  }
}
