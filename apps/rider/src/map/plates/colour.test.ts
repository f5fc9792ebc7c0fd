import { expect, test } from 'vitest'
import { contrast, inkOn, mix } from './colour.ts'
import { PLATE_COLOURS } from './plate-colours.ts'

test('mixes from one colour to the other', () => {
  expect([mix('#000000', '#ffffff', 0), mix('#000000', '#ffffff', 1), mix('#00ff00', '#ff0000', 0.5)]).toEqual([
    '#000000',
    '#ffffff',
    '#808000',
  ])
})

test('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('returns the first readable ink, otherwise the one with the highest contrast', () => {
  expect(inkOn('#ffffff', ['#eeeeee', '#333333', '#000000'])).toBe('#333333')
  expect(inkOn('#ffffff', ['#eeeeee', '#bbbbbb'])).toBe('#bbbbbb')
})

test('every figure is readable on its plate in both themes (4.5 : 1)', () => {
  for (const colours of Object.values(PLATE_COLOURS)) {
    for (const state of ['plenty', 'some', 'few', 'full', 'unknown', 'closed'] as const) {
      expect(contrast(colours.inks[state], colours.grounds[state])).toBeGreaterThanOrEqual(4.5)
    }
  }
})
