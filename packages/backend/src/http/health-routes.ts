import type { FastifyInstance } from 'fastify'
import Type from 'typebox'

/** Whether the process is there, and whether it should be sent requests. */
export type Readiness = () => Promise<{ ready: boolean; checks: Readonly<Record<string, string>> }>

const Health = Type.Object({ status: Type.Literal('ok') }, { $id: 'Health' })
const Ready = Type.Object(
  {
    status: Type.Union([Type.Literal('ready'), Type.Literal('not-ready')]),
    checks: Type.Record(Type.String(), Type.String()),
  },
  { $id: 'Ready' },
)

export function registerHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  const unlimited = { config: { unlimited: true }, logLevel: 'warn' } as const
  app.get('/healthz', {
    ...unlimited,
    schema: { tags: ['service'], summary: 'The process is alive', response: { 200: Health } },
    handler: async (_request, reply) => reply.send({ status: 'ok' }),
  })
  app.get('/readyz', {
    ...unlimited,
    schema: {
      tags: ['service'],
      summary: 'The process can serve: board loaded and not a minute behind the database, not shutting down',
      response: { 200: Ready, 503: Ready },
    },
    handler: async (_request, reply) => {
      const { ready, checks } = await readiness()
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks })
    },
  })
}
