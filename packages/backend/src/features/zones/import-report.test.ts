import { expect, it } from 'vitest'
import { newTally, tallyRejected } from './import-report.ts'

it('a report keeps the first 1,000 rejections and counts all of them by reason', () => {
  const tally = newTally('city', true)
  for (let i = 0; i < 5_000; i += 1)
    tallyRejected(tally, { where: `line ${i}`, reason: `its capacity ${i}.5 is "a${i}"` })
  for (let i = 0; i < 7; i += 1) tallyRejected(tally, { where: `line ${i}`, reason: 'has no readable position' })
  expect(tally.rejected).toBe(5_007)
  expect(tally.rejections).toHaveLength(1_000)
  expect(tally.rejectedBy).toEqual({ 'its capacity N is "…"': 5_000, 'has no readable position': 7 })
})

it('of any number of reasons a hundred are distinguished and none is lost', () => {
  const tally = newTally('city', true)
  const word = (i: number): string =>
    String.fromCodePoint(97 + (i % 26), 97 + (Math.floor(i / 26) % 26), 97 + Math.floor(i / 676))
  for (let i = 0; i < 3_000; i += 1) tallyRejected(tally, { where: 'x', reason: `column ${word(i)} is odd` })
  expect(Object.keys(tally.rejectedBy)).toHaveLength(101)
  expect(Object.values(tally.rejectedBy).reduce((sum, count) => sum + count, 0)).toBe(3_000)
  expect(tally.rejectedBy['other reasons']).toBe(2_900)
})
