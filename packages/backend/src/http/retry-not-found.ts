import { paths } from '@kickstand/contract'
import { DomainError, type ErrorCode } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'

/** Codes of objects that another server may have made a moment ago. */
const RETRIED_CODES: ReadonlySet<ErrorCode> = new Set([
  'zone-not-found',
  'report-not-found',
  'contribution-not-found',
  'photo-not-found',
])

/**
 * Before a 404, reads all committed events and runs the handler once more: another server may have made the object a
 * moment ago. A client's outbox drops a write that is answered with 404.
 */
export function registerRetryNotFound(app: FastifyInstance, readBarrier: () => Promise<void>): void {
  app.addHook('onRoute', (route) => {
    const namesAnObject = route.url.includes(':id') || route.url === paths.reports()
    if (!namesAnObject || route.method === 'HEAD') return
    const { handler } = route
    route.handler = function (request, reply) {
      const retry = async (error: unknown): Promise<unknown> => {
        if (!(error instanceof DomainError) || !RETRIED_CODES.has(error.code)) throw error
        await readBarrier()
        return handler.call(this, request, reply)
      }
      const answer = handler.call(this, request, reply)
      return answer instanceof Promise ? answer.catch(retry) : answer
    }
  })
}
