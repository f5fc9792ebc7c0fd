import { fakeClock } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { createLookupCache } from './lookup-cache.ts'

it('a lookup is kept for its time and no longer, and until the memory is cleared', async () => {
  const clock = fakeClock()
  const cache = createLookupCache<number>(clock.now, 500)
  let lookups = 0
  const get = (): Promise<number> => cache.get('key', async () => (lookups += 1))
  expect(await Promise.all([get(), get()])).toEqual([1, 1])
  clock.advance(499)
  expect(await get()).toBe(1)
  clock.advance(1)
  expect(await get()).toBe(2)
  cache.clear()
  expect(await get()).toBe(3)
  expect(await cache.get('other', async () => 0)).toBe(0)
})

it('a lookup that fails is not kept', async () => {
  const cache = createLookupCache<string>(() => 0, 500)
  await expect(cache.get('key', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await cache.get('key', async () => 'back')).toBe('back')
})

it('the memory stays bounded', async () => {
  const cache = createLookupCache<number>(() => 0, 500)
  let lookups = 0
  const get = (key: string): Promise<number> => cache.get(key, async () => (lookups += 1))
  for (let i = 0; i <= 10_000; i += 1) await get(`key ${i}`)
  await get('key 0')
  expect(lookups).toBe(10_002)
})
