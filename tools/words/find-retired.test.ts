import { expect, test } from 'vitest'
import { findRetired } from './find-retired.ts'

test('a retired word is found in names and in comments, with its line and the term to use', () => {
  const text = 'const x = 1\n// a report is junk\nkeepYoung()\n'
  expect(findRetired(text)).toEqual([
    { line: 2, word: 'junk', use: 'outlier probability' },
    { line: 3, word: 'keepYoung', use: 'tuneV8Heap' },
  ])
})

test('a word is only found as a whole', () => {
  expect(findRetired('junkyard, my_junk, UNFOLDED2, unfolded')).toEqual([])
})
