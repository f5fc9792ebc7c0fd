import { expect, it } from 'vitest'
import { allowsLicence } from './allows-licence.ts'

const allows = (expression: string) => allowsLicence(expression, (licence) => ['MIT', 'ISC'].includes(licence))

it.each(['MIT', '(MIT)', 'MIT OR GPL-3.0-only', 'GPL-3.0-only OR MIT', 'MIT AND ISC', '(MIT AND ISC) OR GPL-2.0+'])(
  'allows %s',
  (expression) => {
    expect(allows(expression)).toBe(true)
  },
)

it.each([
  'GPL-3.0-only',
  'MIT AND GPL-3.0-only',
  'AGPL-3.0-only OR GPL-3.0-only',
  'MIT AND (ISC AND GPL-3.0-only)',
  'mit',
])('does not allow %s', (expression) => {
  expect(allows(expression)).toBe(false)
})

it.each(['', 'SEE LICENSE IN LICENSE.txt', 'MIT ISC', '(MIT', 'MIT OR', 'OR MIT', 'MIT)', 'MIT OR SEE FILE'])(
  'cannot read %j',
  (expression) => {
    expect(allows(expression)).toBeNull()
  },
)
