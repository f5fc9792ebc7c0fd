import { Redis } from 'ioredis'
import { growing, type Peer, type PeerStrategy } from './peer.ts'

const KEY = 'zones'
/** The latitude limit of Web Mercator. Redis rejects positions beyond it (manual of GEOADD). */
const MAX_LAT = 85.05112878

/** GEOSEARCH on one sorted set, then MGET of the zones found. */
export function redisPeer(url: string, strategy: PeerStrategy): Peer {
  const redis = new Redis(url, { enableAutoPipelining: true, maxRetriesPerRequest: 1 })
  const within = async (lat: number, lng: number, metres: number, limit: number) => {
    const rows = (await redis.geosearch(
      KEY,
      'FROMLONLAT',
      lng,
      Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)),
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
    return rows.map(([, distance], i) => ({ json: zones[i] ?? '', metres: Number(distance) }))
  }
  return {
    async fill(zones) {
      const storable = zones.filter(({ lat }) => Math.abs(lat) <= MAX_LAT)
      await redis.geoadd(KEY, ...storable.flatMap(({ id, lat, lng }) => [lng, lat, id]))
      await redis.mset(...storable.flatMap(({ id, json }) => [id, json]))
      return zones.length - storable.length
    },
    finishLoading: async () => undefined,
    nearest: (lat, lng, radius, limit) =>
      strategy === 'plain'
        ? within(lat, lng, radius, limit)
        : growing(radius, limit, (metres) => within(lat, lng, metres, limit)),
    async close() {
      await redis.quit()
    },
  }
}
