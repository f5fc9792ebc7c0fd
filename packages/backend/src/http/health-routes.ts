import type { FastifyInstance } from 'fastify'
import Type from 'typebox'

/** Whether a load balancer should send requests to this process, with the state of each check. */
export type Readiness = () => Promise<{ ready: boolean; checks: Readonly<Record<string, string>> }>

const Health = Type.Object({ status: Type.Literal('ok') }, { $id: 'Health' })
const Ready = Type.Object(
  {
    status: Type.Union([Type.Literal('ready'), Type.Literal('not-ready')]),
    checks: Type.Record(Type.String(), Type.String()),
  },
  { $id: 'Ready' },
)

/** `/healthz` and `/readyz`, which have no rate limit. `readiness` is asked for each request of `/readyz`. */
export function registerHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  const unlimited = { config: { access: 'public', unlimited: true }, logLevel: 'warn' } as const
  app.get('/healthz', {
    ...unlimited,
    schema: { tags: ['service'], summary: 'Liveness: 200 while the process runs', response: { 200: Health } },
    handler: async (_request, reply) => reply.send({ status: 'ok' }),
  })
  app.get('/readyz', {
    ...unlimited,
    schema: {
      tags: ['service'],
      summary:
        'Readiness: 200 while the zones are loaded, at most a minute behind the database, and the process is not shutting down; else 503',
      response: { 200: Ready, 503: Ready },
    },
    handler: async (_request, reply) => {
      const { ready, checks } = await readiness()
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks })
    },
  })
}
