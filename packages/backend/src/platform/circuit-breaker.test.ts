import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { createCircuitBreaker } from './circuit-breaker.ts'

const SHORT = 20

it('gives the result of a read, or its error', async () => {
  const breaker = createCircuitBreaker(60_000)
  expect(await breaker(async () => 'words')).toBe('words')
  await expect(breaker(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})

it('while reads time out, one at a time is tried, and the others do not wait', async () => {
  const breaker = createCircuitBreaker(SHORT)
  const { promise: stalled, resolve } = Promise.withResolvers<string>()
  const read = vi.fn<() => Promise<string>>(() => stalled)
  expect(await Promise.all([breaker(read), breaker(read)])).toEqual([null, null])
  expect(read).toHaveBeenCalledTimes(2)

  const answers = [1, 2, 3].map(() => breaker(read))
  expect(read).toHaveBeenCalledTimes(3)
  expect(await Promise.race([answers[1], sleep(0).then(() => 'waited')])).toBeNull()
  expect(await Promise.all(answers)).toEqual([null, null, null])

  resolve('words')
  await stalled
  expect(await Promise.all([breaker(read), breaker(read)])).toEqual(['words', 'words'])
})

it('a read that fails after its timeout has ended, too', async () => {
  const breaker = createCircuitBreaker(SHORT)
  const { promise: stalled, reject } = Promise.withResolvers<string>()
  expect(await breaker(() => stalled)).toBeNull()
  reject(new Error('the connection was lost'))
  await expect(stalled).rejects.toThrow('lost')
  expect(await Promise.all([1, 2].map((word) => breaker(async () => word)))).toEqual([1, 2])
})
