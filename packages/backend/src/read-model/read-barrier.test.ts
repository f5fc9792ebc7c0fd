import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openInMemory } from '#db/open-database.ts'
import { createReadBarrier, type ReadBarrier } from './read-barrier.ts'

/** `begun`: the start times of the syncs, by a clock that only waiting advances. */
async function watched(syncMs: number): Promise<{ sync: ReadBarrier; begun: number[]; close: () => Promise<void> }> {
  const database = await openInMemory(() => 0)
  const begun: number[] = []
  let now = 0
  const tail = {
    async catchUp() {
      begun.push(now)
      await delay(syncMs)
    },
  }
  const sync = createReadBarrier(
    database,
    tail,
    () => now,
    async (ms) => {
      await delay(1)
      now += ms
    },
  )
  return { sync, begun, close: database.close }
}

it('one sync serves all calls before it begins, and none after', async () => {
  const { sync, begun, close } = await watched(20)
  const first = Array.from({ length: 1_000 }, sync)
  while (begun.length === 0) await delay(1)
  const later = Array.from({ length: 1_000 }, sync)
  await Promise.all(first)
  expect(begun).toHaveLength(1)
  await Promise.all(later)
  expect(begun).toHaveLength(2)
  await close()
})

it('syncs begin one after the other and at least 50 ms apart, except for the first', async () => {
  const { sync, begun, close } = await watched(0)
  for (let i = 0; i < 10; i += 1) await sync()
  expect(begun).toEqual(Array.from({ length: 10 }, (_, i) => i * 50))
  await close()
})
