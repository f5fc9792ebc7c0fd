import { expect, test } from 'vitest'
import { contrast } from './colour.ts'
import { PLATE_COLOURS } from './plate-colours.ts'
import { inkedFor } from './plate-ink.ts'

test('a figure is readable at every age', () => {
  for (const colours of Object.values(PLATE_COLOURS)) {
    for (const state of ['plenty', 'some', 'few', 'full'] as const) {
      for (const fade of [0, 1, 2] as const) {
        const { ground, ink } = inkedFor({ state, text: '3', chance: 10, fade }, colours)
        expect(contrast(ground, ink), `${state} ${fade}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  }
})

test('an older plate has less contrast to the fade colour', () => {
  for (const colours of Object.values(PLATE_COLOURS)) {
    const loudness = ([0, 1, 2] as const).map((fade) =>
      contrast(inkedFor({ state: 'plenty', text: '3', chance: 10, fade }, colours).ground, colours.faded),
    )
    expect(loudness).toEqual(loudness.toSorted((a, b) => b - a))
  }
})
