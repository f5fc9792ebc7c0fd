import { expect, it } from 'vitest'
import { judgePackages } from './judge-packages.ts'

const judge = (name: string, licence: string | null) => judgePackages([{ name, version: '1.0.0', licence }])

it.each([
  ['react', 'MIT'],
  ['opening_hours', 'LGPL-3.0-only'],
  ['@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later'],
])('accepts %s with %s', (name, licence) => {
  expect(judge(name, licence)).toEqual({ forbidden: [], unknown: [] })
})

it.each([
  ['a-library', 'LGPL-3.0-only'],
  ['a-library', 'GPL-3.0-only'],
  ['a-library', 'UNLICENSED'],
  ['opening_hours', 'GPL-3.0-only'],
  ['opening_hours_extra', 'LGPL-3.0-only'],
])('forbids %s with %s', (name, licence) => {
  const { forbidden, unknown } = judge(name, licence)
  expect(forbidden).toEqual([`${name} 1.0.0: the licence ${licence} is not allowed. Use another package.`])
  expect(unknown).toEqual([])
})

it.each([null, '', 'SEE LICENSE IN LICENSE.md'])('forbids a package that states %j', (licence) => {
  const { forbidden, unknown } = judge('a-library', licence)
  expect(forbidden).toHaveLength(1)
  expect(unknown).toEqual(forbidden)
})
