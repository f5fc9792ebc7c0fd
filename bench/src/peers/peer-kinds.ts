import { mariadbPeer } from './mariadb-peer.ts'
import type { Peer, PeerStrategy } from './peer.ts'
import { postgisPeer } from './postgis-peer.ts'
import { redisPeer } from './redis-peer.ts'

/** Stores by name. PostGIS finds the nearest zones by its index and needs no second strategy. */
export const PEERS = {
  redis: redisPeer,
  postgis: (url: string, _strategy: PeerStrategy): Peer => postgisPeer(url),
  mariadb: mariadbPeer,
} as const

export type PeerName = keyof typeof PEERS
