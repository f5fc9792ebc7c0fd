import { expect, it } from 'vitest'
import { surfaceKind } from './surface.ts'

it.each([
  ['asphalt', 'hard'],
  ['concrete:plates', 'hard'],
  ['paving_stones', 'hard'],
  ['sett', 'hard'],
  ['gravel', 'soft'],
  ['grass', 'soft'],
  ['ground', 'soft'],
  ['wood', null],
  ['lava', null],
  [null, null],
] as const)('%s is %s', (surface, kind) => {
  expect(surfaceKind(surface)).toBe(kind)
})
