import { setImmediate as turn } from 'node:timers/promises'
import { fakeClock } from '@kickstand/testkit'
import { fastify, type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { createMinuteFigures } from '#platform/minute-figures.ts'
import { createMetrics } from '#platform/metrics.ts'
import { createApp } from './app.ts'
import { createBodyBudget } from '#platform/body-budget.ts'
import { registerOverloadGuard } from './overload-guard.ts'
import { registerProblems } from './problems.ts'
import { createLimits } from './rate-limit.ts'

const CHECK_MS = 250

describe('an overloaded server', () => {
  let app: FastifyInstance

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'] })
  })
  afterEach(async () => {
    await app.close()
    vi.useRealTimers()
  })

  it('rejects requests after two late checks until it is in time again, except health checks', async () => {
    const uptime = fakeClock()
    app = fastify()
    registerProblems(
      app,
      () => null,
      () => undefined,
    )
    registerOverloadGuard(app, uptime.now)
    app.get('/some', () => 'some')
    app.get('/health', { config: { unlimited: true } }, () => 'well')
    const look = async (lateMs: number): Promise<number> => {
      uptime.advance(CHECK_MS + lateMs)
      vi.advanceTimersByTime(CHECK_MS)
      return (await app.inject('/some')).statusCode
    }
    expect(await look(0)).toBe(200)
    expect(await look(60_000)).toBe(200)
    expect(await look(0)).toBe(200)
    expect(await look(3_100)).toBe(200)
    expect(await look(3_100)).toBe(503)
    const rejected = await app.inject('/some')
    expect([rejected.json(), rejected.headers['retry-after']]).toMatchObject([{ code: 'overloaded' }, '3'])
    expect((await app.inject('/health')).statusCode).toBe(200)
    expect(await look(2_900)).toBe(200)
  })

  it('answers a write that takes over 30 seconds with a timeout', async () => {
    const config = parseConfig({ KICKSTAND_ENV: 'test' }, import.meta.dirname)
    const metrics = createMetrics({ zones: () => 0, tailLagSeconds: () => 0, redisUp: () => 0, roles: new Set() })
    const limits = createLimits(fakeClock().now, null)
    app = createApp({
      bodies: createBodyBudget({ all: 0, perAddress: 0 }, metrics.registry),
      config,
      figures: createMinuteFigures(),
      limits,
      log: createLog('silent'),
      metrics,
      databaseErrorOf: () => null,
      readBarrier: async () => undefined,
    })
    let begun = false
    app.post('/stuck', () => {
      begun = true
      return new Promise(() => undefined)
    })
    await app.ready()
    let status = 0
    const answer = app.inject({ method: 'POST', url: '/stuck' }).then((given) => {
      status = given.statusCode
      return given
    })
    for (let i = 0; i < 10_000 && !begun; i += 1) await turn()
    vi.advanceTimersByTime(29_999)
    await turn()
    expect([begun, status]).toEqual([true, 0])
    vi.advanceTimersByTime(1)
    const given = await answer
    expect([given.statusCode, given.headers['retry-after']]).toEqual([503, '3'])
    expect(given.json()).toMatchObject({ code: 'overloaded' })
  })
})
