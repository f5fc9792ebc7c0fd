import { DomainError, ERROR_CODES, type ErrorCode } from '@kickstand/domain'
import { paths } from '@kickstand/contract'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { registerProblems } from './problems.ts'
import { registerRetryNotFound } from './retry-not-found.ts'

/** Raised only by commands, which read the database itself. */
const COMMAND_CODES: readonly ErrorCode[] = ['review-not-found', 'feed-not-found']
/** Read from the database, which all servers share, not from the board. */
const DATABASE_CODES: readonly ErrorCode[] = ['account-not-found', 'organisation-not-found', 'token-not-found']
/** The route itself is unknown. All servers have the same routes. */
const ROUTE_CODES: readonly ErrorCode[] = ['not-found']
const OTHER_CODES = [...COMMAND_CODES, ...DATABASE_CODES, ...ROUTE_CODES]
const OBJECT_CODES = ERROR_CODES.filter((code) => code.endsWith('not-found') && !OTHER_CODES.includes(code))
const ROUTES = ['DELETE', 'GET', 'POST', 'PUT'] as const

/** Asks a route that fails with `code` until the board has caught up `needed` times. */
async function ask(code: ErrorCode, route: string, url: string, method: (typeof ROUTES)[number], needed = 1) {
  const app = fastify()
  let caughtUp = 0
  registerProblems(
    app,
    () => null,
    () => undefined,
  )
  registerRetryNotFound(app, async () => {
    caughtUp += 1
  })
  app.route({
    method,
    url: route,
    handler: async () => {
      if (caughtUp < needed) throw new DomainError(code, 'not here yet')
      return { found: true }
    },
  })
  const { statusCode } = await app.inject({ method, url })
  await app.close()
  return { statusCode, caughtUp }
}

describe('before a 404', () => {
  it('lists the codes of objects that another server may just have made', () => {
    expect(OBJECT_CODES).toEqual(['zone-not-found', 'report-not-found', 'contribution-not-found', 'photo-not-found'])
  })

  it.each(OBJECT_CODES)('%s: the server catches up and asks the route once more', async (code) => {
    for (const method of ROUTES) {
      expect(await ask(code, '/v1/things/:id', '/v1/things/a', method)).toEqual({ statusCode: 200, caughtUp: 1 })
    }
    expect(await ask(code, '/v1/things/:id', '/v1/things/a', 'GET', 2)).toEqual({ statusCode: 404, caughtUp: 1 })
  })

  it('a report that names a zone in its body is asked once more', async () => {
    expect(await ask('zone-not-found', paths.reports(), paths.reports(), 'POST')).toMatchObject({ statusCode: 200 })
  })

  it.each(ERROR_CODES.filter((code) => !OBJECT_CODES.includes(code)))('%s is answered at once', async (code) => {
    const { statusCode, caughtUp } = await ask(code, '/v1/things/:id', '/v1/things/a', 'GET')
    expect(caughtUp).toBe(0)
    expect(statusCode).toBeGreaterThanOrEqual(400)
  })
})
