/** Checks the sources against `boundaries.js`. Prints each violation as file:line and exits 1 if there is one. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { boundaries } from '../boundaries.js'
import { checkRepository } from './boundaries/check-sources.ts'
import { sourceFiles } from './boundaries/files.ts'

const root = path.resolve(import.meta.dirname, '..')
const files = sourceFiles(root)
const violations = checkRepository(
  boundaries,
  new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')])),
)
for (const { file, line, message } of violations) console.error(`${file}:${line}: ${message}`)
console.log(`${files.length} files, ${violations.length} violations of boundaries.js`)
process.exitCode = violations.length === 0 ? 0 : 1
