import { expect, it } from 'vitest'
import { bikesOf } from './count-stepper.tsx'

it.each([
  ['7', 7],
  ['', 0],
  ['-3', 3],
  ['1 2', 12],
  ['99999999', 10_000],
  ['a lot', 0],
])('a count typed as %j is %d bikes', (text, count) => {
  expect(bikesOf(text)).toBe(count)
})
