import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cumulative, density } from './normal.ts'

it.each([
  [0, 0.5],
  [1, 0.841_344_746],
  [-1, 0.158_655_254],
  [1.959_963_985, 0.975],
  [-3, 0.001_349_898],
  [40, 1],
  [-40, 0],
])('cumulative(%d) is that of the tables', (x, expected) => {
  expect(cumulative(x)).toBeCloseTo(expected, 6)
})

it('cumulative grows and mirrors; density is its slope', () => {
  fc.assert(
    fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
      expect(cumulative(x + 0.01)).toBeGreaterThanOrEqual(cumulative(x) - 1.5e-7)
      expect(cumulative(x) + cumulative(-x)).toBeCloseTo(1, 7)
      expect((cumulative(x + 0.01) - cumulative(x - 0.01)) / 0.02).toBeCloseTo(density(x), 3)
    }),
  )
})
