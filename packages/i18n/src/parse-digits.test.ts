import { expect, it } from 'vitest'
import { parseDigits } from './parse-digits.ts'

it.each([
  ['12', '12'],
  ['١٢٠', '120'],
  ['۹۰', '90'],
  ['a ٣ b', 'a 3 b'],
])('%s is read as %s', (text, digits) => {
  expect(parseDigits(text)).toBe(digits)
})
