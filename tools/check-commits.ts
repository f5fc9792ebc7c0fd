/**
 * Checks commit subjects against `type(scope): subject`: those that are not on origin/main yet, or the newest twenty on
 * it. Without git (a downloaded archive) it checks nothing.
 */
import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { ROOT } from './steps.ts'

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'chore', 'build', 'ci', 'style', 'revert']
const MAX_LENGTH = 100
/** Scopes that are not folders. */
const EXTRA_SCOPES = ['ci', 'deps', 'repo', 'security']

/** What is wrong with a subject line, or null. Scopes are folder names of the repository. */
export function findSubjectFault(subject: string, scopes: ReadonlySet<string>): string | null {
  if (/^(Merge|Revert) /.test(subject)) return null
  const [, type = '', scope, text] = /^([a-z]+)(?:\(([a-z0-9-, ]+)\))?!?: (.+)$/.exec(subject) ?? []
  if (text === undefined) return 'expected `type(scope): subject`'
  if (!TYPES.includes(type)) return `unknown type “${type}”, expected one of ${TYPES.join(', ')}`
  if (subject.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`
  const unknown = scope?.split(/, ?/).find((part) => !scopes.has(part))
  return unknown === undefined ? null : `unknown scope “${unknown}”, expected a folder of the repository`
}

/** Names of all source folders. */
export function knownScopes(root: string): Set<string> {
  const folders = globSync('{packages/*,packages/*/src/**,packages/*/tests,apps/*,apps/*/src/**,docs/*}/', {
    cwd: root,
    exclude: (name) => name === 'node_modules',
  })
  const top = globSync('*/', { cwd: root, exclude: (name) => name === 'node_modules' })
  return new Set([...EXTRA_SCOPES, ...[...folders, ...top].flatMap((folder) => folder.split('/').slice(-1))])
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}

if (import.meta.main) {
  const range = git('rev-parse', 'origin/main') === git('rev-parse', 'HEAD') ? ['-n', '20'] : ['origin/main..HEAD']
  const log = git('log', '--format=%h %s', ...range) ?? git('log', '--format=%h %s', '-n', '20') ?? ''
  const scopes = knownScopes(ROOT)
  const lines = log.split('\n').filter((line) => line !== '')
  const wrong = lines.flatMap((line) => {
    const reason = findSubjectFault(line.slice(line.indexOf(' ') + 1), scopes)
    return reason === null ? [] : [`${line}\n  ${reason}`]
  })
  console.log(`${lines.length} commits, ${wrong.length} with a wrong subject`)
  for (const line of wrong) console.error(line)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
