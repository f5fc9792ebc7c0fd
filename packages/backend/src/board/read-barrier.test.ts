import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openBlank } from '#db/open-database.ts'
import { createReadBarrier, type ReadBarrier } from './read-barrier.ts'

/** `begun` says when each look began, by a clock that only waiting moves. */
async function watched(lookMs: number): Promise<{ look: ReadBarrier; begun: number[]; close: () => Promise<void> }> {
  const database = await openBlank(() => 0)
  const begun: number[] = []
  let now = 0
  const tail = {
    async catchUp() {
      begun.push(now)
      await delay(lookMs)
    },
  }
  const look = createReadBarrier(
    database,
    tail,
    () => now,
    async (ms) => {
      await delay(1)
      now += ms
    },
  )
  return { look, begun, close: database.close }
}

it('one look serves all who ask before it begins, and none who asks later', async () => {
  const { look, begun, close } = await watched(20)
  const first = Array.from({ length: 1_000 }, look)
  while (begun.length === 0) await delay(1)
  const later = Array.from({ length: 1_000 }, look)
  await Promise.all(first)
  expect(begun).toHaveLength(1)
  await Promise.all(later)
  expect(begun).toHaveLength(2)
  await close()
})

it('looks begin one after the other and at least 50 ms apart, but for one that nobody was before', async () => {
  const { look, begun, close } = await watched(0)
  for (let i = 0; i < 10; i += 1) await look()
  expect(begun).toEqual(Array.from({ length: 10 }, (_, i) => i * 50))
  await close()
})
