import { describe, expect, test } from 'vitest'
import { findNumberFaults } from './check-decisions.ts'

describe('numbers of decisions', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['differ; a gap is allowed', ['0001-a.md', '0002-b.md', '0004-c.md'], []],
    ['are not shared', ['0001-a.md', '0002-b.md', '0002-c.md'], ['0002-b.md and 0002-c.md share the number 0002']],
    ['are not absent', ['0001-a.md', 'notes.md'], ['notes.md: expected NNNN-title.md, with the next free number']],
    ['have four digits', ['1-a.md'], ['1-a.md: expected NNNN-title.md, with the next free number']],
  ])('%s', (_, names, faults) => {
    expect(findNumberFaults(names)).toEqual(faults)
  })
})
