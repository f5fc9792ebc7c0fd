import { describe, expect, test } from 'vitest'
import { boundaries } from '../../boundaries.js'
import type { Boundaries, FolderGraph } from './boundaries.ts'
import { findGraphCycles, findUnusedEdges } from './graph-rules.ts'
import { readSource } from './read-source.ts'

function withGraph(foundations: FolderGraph, features: FolderGraph): Boundaries {
  return { ...boundaries, backend: { ...boundaries.backend, featuresMayImport: ['db'], foundations, features } }
}

describe('the graph of folders', () => {
  test.each<readonly [string, FolderGraph, FolderGraph, string | null]>([
    ['a line', { db: { mayImport: [] } }, { a: { mayImport: ['b'] }, b: { mayImport: [] } }, null],
    [
      'a diamond',
      { db: { mayImport: [] } },
      { a: { mayImport: ['b', 'c'] }, b: { mayImport: ['d'] }, c: { mayImport: ['d'] }, d: { mayImport: [] } },
      null,
    ],
    ['two features', {}, { a: { mayImport: ['b'] }, b: { mayImport: ['a'] } }, 'a → b → a'],
    [
      'a longer cycle beside other edges',
      { db: { mayImport: [] } },
      { a: { mayImport: ['b'] }, b: { mayImport: ['d', 'c'] }, c: { mayImport: ['b'] }, d: { mayImport: [] } },
      'b → c → b',
    ],
    ['a foundation on a feature', { db: { mayImport: ['a'] } }, { a: { mayImport: [] } }, 'db → a → db'],
  ])('has a cycle or not: %s', (_, foundations, features, cycle) => {
    const expected = cycle === null ? [] : [`the graph has a cycle: ${cycle}`]
    expect(findGraphCycles(withGraph(foundations, features))).toEqual(expected)
  })

  test('lists only folders with sources and edges that they import', () => {
    const rules = withGraph({ db: { mayImport: [] } }, { a: { mayImport: ['b', 'c'] }, b: { mayImport: [] } })
    const root = boundaries.backend.root
    const sources = [
      readSource(`${root}/a/one.ts`, "import { b } from '#b/one.ts'"),
      readSource(`${root}/a/one.test.ts`, "import { c } from '#c/one.ts'"),
      readSource(`${root}/b/one.ts`, 'export const b = 1'),
    ]
    expect(findUnusedEdges(rules, sources)).toEqual([
      expect.stringMatching(/^db\/ is listed, but has no sources/),
      expect.stringMatching(/^a\/ lists c\/, but does not import it/),
    ])
  })
})
