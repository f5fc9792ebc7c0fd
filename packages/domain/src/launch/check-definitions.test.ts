import { expect, it } from 'vitest'
import { definitionFaults, type LaunchDefinitions } from './check-definitions.ts'
import type { Gate } from './gate.ts'

const GATE: Gate = {
  id: 'tests',
  title: 'All tests pass',
  area: 'testing',
  level: 'must',
  owner: 'quality',
  kind: 'command',
  measurement: 'tests',
  expect: [{ figure: 'failed', equals: 0 }],
  maximumAgeDays: 1,
  since: '2026-11-01',
  failureMeans: 'Something is broken.',
  runbook: 'CONTRIBUTING.md',
  notApplicable: null,
}
const WAIVER = { gate: 'tests', owner: 'quality', reason: 'r', safeBecause: 's', until: '2026-12-01' } as const

const faultsOf = (changes: Partial<LaunchDefinitions>) =>
  definitionFaults({ gates: [GATE], measurements: ['tests'], waivers: [WAIVER], views: [], ...changes })
const gateFaults = (changes: Partial<Gate>) => faultsOf({ gates: [{ ...GATE, ...changes }] })
const lineFaults = (line: { gates?: string[]; later?: string[]; answer?: string }) =>
  faultsOf({
    views: [
      {
        id: 'v',
        title: 'V',
        sections: [{ heading: 'H', lines: [{ text: 't', gates: [], later: [], answer: null, ...line }] }],
      },
    ],
  })

it('finds nothing in definitions that fit together', () => {
  expect(faultsOf({})).toEqual([])
  expect(lineFaults({ gates: ['tests'] })).toEqual([])
  expect(lineFaults({ later: ['Backup'] })).toEqual([])
})

it.each<[string, string[], RegExp]>([
  ['two gates with one id', faultsOf({ gates: [GATE, GATE] }), /Two gates have the id tests/],
  [
    'a waiver of a gate that does not exist',
    faultsOf({ waivers: [{ ...WAIVER, gate: 'x' }] }),
    /waiver names the gate x/,
  ],
  ['a gate without a measurement', gateFaults({ measurement: null }), /has no measurement/],
  ['a measurement that does not exist', gateFaults({ measurement: 'x' }), /measurement x, which does not exist/],
  ['a gate that could not fail', gateFaults({ expect: [] }), /could not fail/],
  ['an expectation without a bound', gateFaults({ expect: [{ figure: 'failed' }] }), /either "equals"/],
  [
    'an expectation with two kinds of bounds',
    gateFaults({ expect: [{ figure: 'f', equals: 0, atMost: 1 }] }),
    /either "equals"/,
  ],
  ['a human gate with a measurement', gateFaults({ kind: 'human' }), /a person provides its evidence/],
  ['a line that names an unknown gate', lineFaults({ gates: ['x'] }), /names the gate x/],
  ['a line without anything', lineFaults({}), /neither a gate nor an answer/],
])('finds %s', (_, faults, expected) => {
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(expected)
})
