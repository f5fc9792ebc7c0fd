import Fastify from 'fastify'
import { PEERS } from './peer-kinds.ts'

// `GET /v1/zones/nearby` on another store, in a separate process, with the same request and response. It validates its query with
// Fastify and has no limits, logs or metrics, which is in its favour.

const { BENCH_PORT, BENCH_PEER, BENCH_WAY, BENCH_URL } = process.env
if (BENCH_PEER !== 'redis' && BENCH_PEER !== 'postgis' && BENCH_PEER !== 'mariadb')
  throw new Error('BENCH_PEER must be redis, postgis or mariadb')
const peer = PEERS[BENCH_PEER](BENCH_URL ?? '', BENCH_WAY === 'growing' ? 'growing' : 'plain')

const number = { type: 'number' } as const
const schema = {
  querystring: {
    type: 'object',
    properties: { lat: number, lng: number, radius: number, limit: { type: 'integer' } },
    required: ['lat', 'lng', 'radius', 'limit'],
    additionalProperties: false,
  },
} as const

type Query = { readonly lat: number; readonly lng: number; readonly radius: number; readonly limit: number }

const app = Fastify({ logger: false })
app.get('/healthz', () => 'ok')
app.get<{ Querystring: Query }>('/v1/zones/nearby', { schema }, async ({ query }, reply) => {
  const found = await peer.nearest(query.lat, query.lng, query.radius, query.limit)
  const zones = found.map(({ json, metres }) => `${json.slice(0, -1)},"distance":${metres.toFixed(1)}}`)
  reply.header('content-type', 'application/json; charset=utf-8')
  return `{"zones":[${zones.join(',')}],"asOf":"${new Date().toISOString()}"}`
})
await app.listen({ host: '127.0.0.1', port: Number(BENCH_PORT) })
process.on('SIGTERM', () => {
  void app.close().then(() => peer.close())
})
