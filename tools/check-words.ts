/** Finds words that the project has replaced by standard terms (`words/retired-words.ts`); exits 1 where there are any. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './steps.ts'
import { findRetired } from './words/find-retired.ts'

const CHECKED = '{packages,apps,bench,eval,e2e,ops,tools,docs}/**/*.{ts,tsx,md}'
/** Where old words must stay: migrations, the former names of settings and of pages' storage, and the list itself. */
const EXEMPT = [/\/node_modules\//, /\/migrations\//, /^tools\/words\//, /\/dist\//]

const files = [...globSync(CHECKED, { cwd: ROOT }), ...globSync('*.md', { cwd: ROOT })]
  .filter((file) => !EXEMPT.some((exempt) => exempt.test(file)) && file !== 'CHANGELOG.md')
  .toSorted()
let found = 0
for (const file of files) {
  for (const { line, word, use } of findRetired(readFileSync(path.join(ROOT, file), 'utf8'))) {
    console.error(`${file}:${line}: “${word}” is retired; use: ${use}`)
    found += 1
  }
}
console.log(`${files.length} files, ${found} retired words`)
process.exitCode = found === 0 ? 0 : 1
