import { fakeClock } from '@kickstand/testkit'
import { fastify, type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLimits } from './rate-limit.ts'

const HOUR = 3_600_000
const clock = fakeClock()
let app: FastifyInstance

beforeEach(() => {
  const limiter = createLimits(clock.now, null).limiter('default', 2, 'address')
  app = fastify()
  app.get('/', (_request, reply) => {
    limiter('somebody', reply)
    return ''
  })
})
afterEach(() => app.close())

async function ask(): Promise<[status: number, retryAfter: number]> {
  const answer = await app.inject('/')
  return [answer.statusCode < 500 ? answer.statusCode : 429, Number(answer.headers['retry-after'] ?? 0)]
}

it.each([HOUR, -HOUR])('a clock that jumps by %d ms and back locks no caller out', async (jump) => {
  for (const by of [0, jump, -jump]) {
    clock.advance(by)
    const answers = [await ask(), await ask(), await ask()]
    expect(answers.map(([status]) => status)).toEqual([200, 200, 429])
    expect(answers[2][1]).toBeLessThanOrEqual(60)
    clock.advance(60_000)
  }
})
