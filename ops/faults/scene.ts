import { tileX, tileY } from '@kickstand/domain'
import { seedServers, type Layout } from '../tests/layout.ts'

/** Servers under test and the ways to them. */
export type Place = {
  /** What the table calls its database. */
  readonly engine: string
  /** Where phones come in, taken in turn: the CDN or the balancer, or the servers themselves. */
  readonly fronts: readonly string[]
  /** Every app server, without anything before it. */
  readonly servers: readonly string[]
  readonly databaseUrl: string
}

/** Zones of their own for one fault, so that nothing of another is counted. */
export type Scene = Place & {
  readonly name: string
  readonly zones: readonly string[]
  /** Where they lie, and their cell of a live stream. */
  readonly lat: number
  readonly lng: number
  readonly cell: string
}

const ZONES = 12
const LNG = -122.4

/** A whole layout, entered by its CDN. */
export function placeOf(layout: Layout): Place {
  return {
    engine: layout.state.database === 'galera' ? 'Galera' : 'MariaDB',
    fronts: [layout.part('cdn').address],
    servers: layout.state.parts.filter(({ kind }) => kind === 'server').map(({ address }) => address),
    databaseUrl: layout.state.serverEnv['KICKSTAND_DATABASE_URL'] ?? '',
  }
}

let scenes = 0

/** Makes the zones of a scene, and waits until every server knows them. */
export async function openScene(place: Place, count = ZONES): Promise<Scene> {
  scenes += 1
  const name = `fault${String(scenes).padStart(3, '0')}`
  // Farther from one another than anybody looks.
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
