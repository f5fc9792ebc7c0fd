import { readFileSync } from 'node:fs'
import {
  createSessionFinder,
  createTokenFinder,
  openDatabase,
  registerAccess,
  systemClock,
  uptime,
} from '@kickstand/backend'
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify'

// Two routes with the same fixed text: one that everybody may use and one that needs a principal, which is looked up as in the
// service. Nothing else of the service runs, so that the difference is the cost of the principal.

const DAY_MS = 24 * 3_600_000
const answer = readFileSync(process.env['BENCH_ANSWER'] ?? '', 'utf8')
const { db } = await openDatabase(process.env['BENCH_DATABASE'] ?? '', systemClock)
const common = { db, clock: systemClock, uptime }
const sessions = createSessionFinder({ ...common, limits: { idleMs: DAY_MS, absoluteMs: DAY_MS } })
const tokens = createTokenFinder(common)
const app = fastify()
registerAccess(app, {
  principals: { session: (secret) => sessions.find(secret), token: (secret, address) => tokens.find(secret, address) },
  clock: systemClock,
  config: { publicUrl: '' },
})
const handler = (_request: FastifyRequest, reply: FastifyReply): void => {
  reply.send(answer)
}
app.get('/public/:organisationId', { config: { access: 'public' }, handler })
app.get('/action/:organisationId', { config: { access: 'tokens:read' }, handler })
await app.listen({ host: '127.0.0.1', port: Number(process.env['BENCH_PORT']) })
process.once('SIGTERM', () => process.exit(0))
