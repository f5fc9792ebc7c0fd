import { mariadbPeer } from './mariadb-peer.ts'
import type { Peer, PeerWay } from './peer.ts'
import { postgisPeer } from './postgis-peer.ts'
import { redisPeer } from './redis-peer.ts'

/** By name: what stands behind the route. PostGIS finds the nearest by its index and needs no second way. */
export const PEERS = {
  redis: redisPeer,
  postgis: (url: string, _way: PeerWay): Peer => postgisPeer(url),
  mariadb: mariadbPeer,
} as const

export type PeerName = keyof typeof PEERS
