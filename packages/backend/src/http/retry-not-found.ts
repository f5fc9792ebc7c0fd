import { paths } from '@kickstand/contract'
import { DomainError, type ErrorCode } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'

const MAY_BE_NEW: ReadonlySet<ErrorCode> = new Set([
  'zone-not-found',
  'report-not-found',
  'contribution-not-found',
  'photo-not-found',
])

/**
 * Nobody is told that something is not there because another server made it a moment ago: before such a refusal this one
 * hears of all that was committed, and the route is asked again. An outbox would throw away what is refused with 404.
 */
export function registerRetryNotFound(app: FastifyInstance, readBarrier: () => Promise<void>): void {
  app.addHook('onRoute', (route) => {
    const isOfOne = route.url.includes(':id') || route.url === paths.reports()
    if (!isOfOne || route.method === 'HEAD') return
    const { handler } = route
    route.handler = function (request, reply) {
      const again = async (error: unknown): Promise<unknown> => {
        if (!(error instanceof DomainError) || !MAY_BE_NEW.has(error.code)) throw error
        await readBarrier()
        return handler.call(this, request, reply)
      }
      const answer = handler.call(this, request, reply)
      return answer instanceof Promise ? answer.catch(again) : answer
    }
  })
}
