/**
 * Whether the documents are complete: each setting, command, audit action, error code, metric and job is described in README.md or
 * a page of docs (`describedNames` says what that means), and each link and runbook leads somewhere. Prints what is missing. Last
 * line: { checked, missing, brokenLinks }.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { sourceFiles } from '../boundaries/files.ts'
import { ROOT } from '../steps.ts'
import { commandNames } from './documents/command-names.ts'
import { describedNames } from './documents/described-names.ts'
import { brokenLinks, linksOf, runbooksOf } from './documents/links.ts'
import { jobNames, metricNames } from './documents/names-in-code.ts'
import { printFigures } from './print-figures.ts'

// Compiling the commands takes longer than listing them. What is compiled is kept for the next run.
enableCompileCache()
const { createProgram } = await import('../../apps/cli/src/program.ts')
const { AUDIT_ACTIONS } = await import('../../packages/backend/src/audit/audit-actions.ts')
const { SETTINGS } = await import('../../packages/backend/src/platform/config.ts')
const { ERROR_CODES } = await import('../../packages/domain/src/errors.ts')

/** Records of decisions explain why, and are not kept up to date. */
const NO_REFERENCE = 'docs/decisions/'

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const readAll = (files: readonly string[]): Map<string, string> => new Map(files.map((file) => [file, read(file)]))

const pages = readAll(
  globSync('**/*.md', { cwd: ROOT, exclude: (name) => ['node_modules', 'dist', '.runtime', 'var'].includes(name) }),
)
const described = new Set(
  [...pages]
    .filter(([file]) => (file === 'README.md' || file.startsWith('docs/')) && !file.startsWith(NO_REFERENCE))
    .flatMap(([, text]) => describedNames(text)),
)
const sources = readAll(sourceFiles(ROOT).filter((file) => /^packages\/backend\/src\/.*(?<!\.test)\.ts$/.test(file)))

const KINDS = {
  setting: new Set([...Object.keys(SETTINGS), ...(read('.env.example').match(/(?<=^#)[A-Z_]+(?==)/gm) ?? [])]),
  command: commandNames(await createProgram()),
  'audit action': Object.keys(AUDIT_ACTIONS),
  'error code': ERROR_CODES,
  metric: metricNames(sources),
  job: jobNames(sources),
}

const names = Object.entries(KINDS).flatMap(([kind, all]) => [...all].map((name) => ({ kind, name })))
const missing = names.filter(({ name }) => !described.has(name))
const links = [
  ...[...pages].flatMap(([file, text]) => linksOf(file, text)),
  ...globSync('launch/gates/*.yaml', { cwd: ROOT }).flatMap((file) => runbooksOf(file, read(file))),
]
const broken = brokenLinks(links, { texts: pages, exists: (file) => existsSync(path.join(ROOT, file)) })

const lines = missing.map(({ kind, name }) => `The ${kind} \`${name}\` is described in no page of the documents.`)
printFigures([...lines, ...broken], {
  checked: names.length + links.length,
  missing: missing.length,
  brokenLinks: broken.length,
})
process.exitCode = missing.length + broken.length === 0 ? 0 : 1
