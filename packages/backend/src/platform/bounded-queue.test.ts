import { expect, it } from 'vitest'
import { createBoundedQueue } from './bounded-queue.ts'

it('runs at most so many at a time, in their order, and rejects the rest', async () => {
  const queue = createBoundedQueue(2, 3)
  const started: number[] = []
  const ends: (() => void)[] = []
  const runs = [0, 1, 2, 3, 4, 5].map((n) =>
    queue.run(() => {
      started.push(n)
      const { promise, resolve } = Promise.withResolvers<number>()
      ends.push(() => resolve(n))
      return promise
    }),
  )
  await expect(runs[5]).rejects.toMatchObject({ code: 'overloaded' })
  expect(started).toEqual([0, 1])
  ends[1]()
  expect(await runs[1]).toBe(1)
  expect(started).toEqual([0, 1, 2])
  ends[0]()
  ends[2]()
  await Promise.all([runs[0], runs[2]])
  ends[3]()
  ends[4]()
  await Promise.all(runs.slice(0, 5))
  expect(started).toEqual([0, 1, 2, 3, 4])
})

it('continues after work that failed', async () => {
  const queue = createBoundedQueue(1, 1)
  const failed = queue.run(() => Promise.reject(new Error('no')))
  const next = queue.run(() => Promise.resolve('yes'))
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})
