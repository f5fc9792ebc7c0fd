import { expect, it } from 'vitest'
import type { MemberRow } from '#mapping/group-rows.ts'
import { withoutSwapped } from './detect-swapped-coordinates.ts'

it('rows that are not zones are passed on at once, however many come before the first zone', async () => {
  let given = 0
  async function* rows(): AsyncGenerator<MemberRow> {
    for (; given < 100_000; given += 1)
      yield { rejected: { where: `line ${given}`, reason: 'has no readable position' } }
    yield { end: { complete: true, note: null, coverage: null } }
  }
  let taken = 0
  let mostHeld = 0
  let last: MemberRow | null = null
  for await (const row of withoutSwapped(rows())) {
    mostHeld = Math.max(mostHeld, given - taken)
    taken += 1
    last = row
  }
  expect(taken).toBe(100_001)
  expect(last).toHaveProperty('end')
  expect(mostHeld).toBeLessThan(10)
})
