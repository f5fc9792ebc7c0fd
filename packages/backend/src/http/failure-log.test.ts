import { DomainError } from '@kickstand/domain'
import { fakeClock } from '@kickstand/testkit'
import { fastify } from 'fastify'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createFailureLog } from './failure-log.ts'
import { registerProblems } from './problems.ts'

type Line = { level: number; msg: string; code?: string; requests?: number; err?: { stack: string } }

function scene(uptime: () => number) {
  const lines: Line[] = []
  const log = pino({ base: null }, { write: (text: string) => void lines.push(JSON.parse(text) as Line) })
  const app = fastify()
  registerProblems(app, () => null, createFailureLog(log, uptime))
  app.get('/overloaded', () => {
    throw new DomainError('overloaded', 'Too much.')
  })
  app.get('/away', () => {
    throw new DomainError('database-unavailable', 'Away.', [], new Error('ECONNREFUSED'))
  })
  app.post('/slow', { handlerTimeout: 5 }, () => new Promise(() => undefined))
  app.get('/bug', () => {
    throw new TypeError('a bug')
  })
  app.get('/missing', () => {
    throw new DomainError('not-found', 'Nothing.')
  })
  return { app, lines }
}

it('expected failures are one line per code and 10 s, without a stack, with their number', async () => {
  const uptime = fakeClock()
  const { app, lines } = scene(uptime.now)
  for (let i = 0; i < 100; i += 1) expect((await app.inject('/overloaded')).statusCode).toBe(503)
  expect((await app.inject('/away')).statusCode).toBe(503)
  expect(lines.map(({ code, requests }) => [code, requests])).toEqual([
    ['overloaded', 1],
    ['database-unavailable', 1],
  ])
  uptime.advance(10_000)
  await app.inject('/overloaded')
  expect(lines.at(-1)).toMatchObject({ code: 'overloaded', requests: 100, msg: 'Too much.' })
  expect(JSON.stringify(lines)).not.toContain(' at ')
  await app.close()
})

it('a timed-out request is an expected failure', async () => {
  const { app, lines } = scene(fakeClock().now)
  for (let i = 0; i < 3; i += 1) {
    expect((await app.inject({ method: 'POST', url: '/slow', payload: {} })).statusCode).toBe(503)
  }
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ code: 'overloaded' })
  expect(JSON.stringify(lines)).not.toContain(' at ')
  await app.close()
})

it('an internal error is logged with its stack each time, a rejection never', async () => {
  const { app, lines } = scene(fakeClock().now)
  for (let i = 0; i < 2; i += 1) await app.inject('/bug')
  await app.inject('/missing')
  expect(lines.map(({ msg }) => msg)).toEqual(['request failed', 'request failed'])
  for (const { err } of lines) expect(err?.stack).toContain('a bug')
  await app.close()
})
