import { expect, it } from 'vitest'
import type { SourceMeasure } from './measure-source.ts'
import { meanPercent, scoreParts, type QualityInput } from './score.ts'

const SPAN = { name: 'f', first: 1, last: 10 }
const SOURCE: SourceMeasure = {
  file: 'packages/domain/src/a.ts',
  lines: 100,
  typeFaults: [],
  functions: [SPAN],
  exportedFunctions: [{ ...SPAN, isDocumented: true }],
  exports: [SPAN],
  code: [],
}
const OTHER: SourceMeasure = { ...SOURCE, file: 'packages/domain/src/b.ts', lines: 300 }

const percents = (changes: Partial<SourceMeasure>, input: Partial<QualityInput> = {}) => {
  const sources = [{ ...SOURCE, ...changes }, OTHER]
  const parts = scoreParts({ sources, lintFaults: new Set(), duplicates: new Map(), unused: new Map(), ...input })
  return Object.fromEntries(parts.filter(({ percent }) => percent < 100).map(({ name, percent }) => [name, percent]))
}

it('is 100 % where all lines meet all parts', () => {
  expect(percents({})).toEqual({})
})

it.each<[string, Record<string, number>, Partial<SourceMeasure>, Partial<QualityInput>?]>([
  ['a fault of the linter', { lint: 75 }, {}, { lintFaults: new Set([SOURCE.file]) }],
  ['a fault of types', { types: 75 }, { typeFaults: [SPAN, SPAN] }],
  ['a long file', { size: 50 }, { lines: 300 + 1 }],
  [
    'a long function with another inside',
    { size: 78.75 },
    {
      functions: [
        { ...SPAN, last: 85 },
        { ...SPAN, last: 82 },
      ],
    },
  ],
  ['a function without a docstring', { docstrings: 50 }, { exportedFunctions: [{ ...SPAN, isDocumented: false }] }],
  ['duplicated lines', { duplication: 99.5 }, {}, { duplicates: new Map([[SOURCE.file, new Set([1, 2])]]) }],
  ['an unused export', { unused: 97.5 }, {}, { unused: new Map([[SOURCE.file, [SPAN]]]) }],
])('loses the lines with %s', (_, expected, changes, input) => {
  const measured = percents(changes, input)
  expect(Object.keys(measured)).toEqual(Object.keys(expected))
  for (const [name, percent] of Object.entries(expected))
    expect(Math.abs((measured[name] ?? 0) - percent)).toBeLessThan(0.2)
})

it('does not ask tests for docstrings and short functions', () => {
  const isDocumented = false
  const changes = { functions: [{ ...SPAN, last: 90 }], exportedFunctions: [{ ...SPAN, isDocumented }] }
  expect(percents({ ...changes, file: 'packages/domain/src/a.test.ts' })).toEqual({})
})

it('is the mean of its parts, and none without code', () => {
  const part = (percent: number) => ({ name: 'a', percent, losses: [] })
  expect(meanPercent([part(100), part(50)])).toBe(75)
  const empty = { sources: [], lintFaults: new Set<string>(), duplicates: new Map(), unused: new Map() }
  expect(meanPercent(scoreParts(empty))).toBe(0)
})
