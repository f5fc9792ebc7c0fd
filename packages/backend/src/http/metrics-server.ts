import { fastify } from 'fastify'
import type { Metrics } from '#platform/metrics.ts'
import { listen } from './listen.ts'

/** `/metrics` on a separate port, so that a load balancer does not expose it. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<{ close(): Promise<void> }> {
  const app = fastify()
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  await listen(app, host, port, 'KICKSTAND_METRICS_PORT')
  return { close: () => app.close() }
}
