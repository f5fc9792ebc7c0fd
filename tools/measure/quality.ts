/**
 * The code quality by lines of code, in percent: the mean of six parts, each the share of lines that meet it.
 *
 * - lint: lines of files in which the linter finds nothing, with all rules that need no types.
 * - types: lines of files without `any`, `!`, `as unknown as`, and comments that turn a rule or the type checker off.
 * - size: lines in files of at most 300 lines and in functions of at most 80 lines, with the functions inside them.
 * - duplication: lines outside of blocks of ten lines of code that appear twice, without comments, blank lines and imports.
 * - docstrings: lines of exported functions that have one.
 * - unused: lines outside of exports whose name occurs nowhere else.
 *
 * All TypeScript files count, tests too; generated files do not. For tests, the length of functions and docstrings are left out. Prints
 * what costs most. Last line: the figures.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sourceFiles } from '../boundaries/files.ts'
import { ROOT } from '../steps.ts'
import { printFigures } from './print-figures.ts'
import { findDuplicates } from './quality/find-duplicates.ts'
import { findUnused } from './quality/find-unused.ts'
import { lintFaults } from './quality/lint-faults.ts'
import { measureSource } from './quality/measure-source.ts'
import { meanPercent, scoreParts } from './quality/score.ts'

const SHOWN = 5

// The linter is another process: it runs while the files are parsed here.
const linting = lintFaults()
const files = [...sourceFiles(ROOT), ...globSync('{apps,packages}/*/*.config.ts', { cwd: ROOT })].filter(
  (file) => !file.includes('.gen.'),
)
const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))
const sources = [...texts].map(([file, text]) => measureSource(file, text))
const duplicates = findDuplicates(sources)
const unused = findUnused(sources.map(({ file, exports }) => ({ file, exports, text: texts.get(file) ?? '' })))
const parts = scoreParts({ sources, duplicates, unused, lintFaults: await linting })

/** Rounded down, so that a fault never looks like 100 %. */
const rounded = (percent: number): number => Math.floor(percent * 100) / 100

const lines = parts.flatMap(({ name, percent, losses }) => [
  `${name}: ${rounded(percent)} %`,
  ...losses.slice(0, SHOWN).map(({ where, bad, why }) => `  ${where}: ${bad} lines, ${why}`),
])
printFigures(lines, {
  percent: rounded(meanPercent(parts)),
  ...Object.fromEntries(parts.map(({ name, percent }) => [name, rounded(percent)])),
})
