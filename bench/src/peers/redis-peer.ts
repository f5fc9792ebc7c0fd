import { Redis } from 'ioredis'
import { growing, type Peer, type PeerWay } from './peer.ts'

const PLACES = 'zones'
/** Web Mercator's edge, beyond which Redis takes no place (its manual, GEOADD). */
const FARTHEST_LAT = 85.05112878

/** GEOSEARCH on one sorted set, then MGET of the zones found. */
export function redisPeer(url: string, way: PeerWay): Peer {
  const redis = new Redis(url, { enableAutoPipelining: true, maxRetriesPerRequest: 1 })
  const within = async (lat: number, lng: number, metres: number, limit: number) => {
    const rows = (await redis.geosearch(
      PLACES,
      'FROMLONLAT',
      lng,
      Math.max(-FARTHEST_LAT, Math.min(FARTHEST_LAT, lat)),
      'BYRADIUS',
      metres,
      'm',
      'ASC',
      'COUNT',
      limit,
      'WITHDIST',
    )) as [string, string][]
    if (rows.length === 0) return []
    const zones = await redis.mget(rows.map(([id]) => id))
    return rows.map(([, told], i) => ({ json: zones[i] ?? '', metres: Number(told) }))
  }
  return {
    async fill(zones) {
      const held = zones.filter(({ lat }) => Math.abs(lat) <= FARTHEST_LAT)
      await redis.geoadd(PLACES, ...held.flatMap(({ id, lat, lng }) => [lng, lat, id]))
      await redis.mset(...held.flatMap(({ id, json }) => [id, json]))
      return zones.length - held.length
    },
    settle: async () => undefined,
    nearest: (lat, lng, radius, limit) =>
      way === 'plain'
        ? within(lat, lng, radius, limit)
        : growing(radius, limit, (metres) => within(lat, lng, metres, limit)),
    async close() {
      await redis.quit()
    },
  }
}
