import { crpsOfClippedNormal, cumulative } from '@kickstand/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTally, score, scoresOf } from './tally.ts'

/** The definition: the integral of the squared distance of the two distribution functions. */
function byIntegral(mean: number, sd: number, x: number): number {
  const steps = 20_000
  let sum = 0
  for (let i = 0; i < steps; i += 1) {
    const at = (i + 0.5) / steps
    sum += (cumulative((at - mean) / sd) - (at >= x ? 1 : 0)) ** 2 / steps
  }
  return sum
}

it('equals the integral that defines it', () => {
  const mean = fc.double({ min: -0.3, max: 1.3, noNaN: true })
  const sd = fc.double({ min: 0.01, max: 0.5, noNaN: true })
  const happened = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(mean, sd, happened, (m, s, x) => {
      expect(crpsOfClippedNormal(m, s, x)).toBeCloseTo(byIntegral(m, s, x), 3)
    }),
    { numRuns: 50 },
  )
})

it('equals the absolute error where the forecast is certain', () => {
  expect(crpsOfClippedNormal(0.4, 0, 0.7)).toBeCloseTo(0.3, 6)
  expect(crpsOfClippedNormal(0.4, 1e-4, 0.7)).toBeCloseTo(0.3, 3)
})

it('scores a good and a bad forecast', () => {
  const good = createTally()
  score(good, 0.5, 0.05, 0.5, 100)
  expect(scoresOf(good)).toMatchObject({ n: 1, mae: 0, coverage80: 1 })
  expect(scoresOf(good).brier10).toBeLessThan(0.001)
  const bad = createTally()
  score(bad, 0.5, 0.05, 1, 100)
  expect(scoresOf(bad)).toMatchObject({ mae: 0.5, coverage80: 0 })
  expect(scoresOf(bad).brier1).toBeGreaterThan(0.999)
  expect(scoresOf(bad).ece).toBeGreaterThan(0.999)
})
