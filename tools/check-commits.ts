/**
 * Checks commit subjects against `type(scope): subject`: those that are not on the main branch yet, or the newest twenty
 * on it. Those that are not on it yet must also begin with a verb of `words/verbs.ts`. Without git (a downloaded archive)
 * it checks nothing.
 */
import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { ROOT } from './steps.ts'
import { IMPERATIVES } from './words/verbs.ts'

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'chore', 'build', 'ci', 'style', 'revert']
const MAX_LENGTH = 100
const MAIN_BRANCHES = ['origin/main', 'main']
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

/** Why the subject after `type(scope): ` is not in the imperative, or null if it begins with a known verb. */
export function findVerbFault(subject: string): string | null {
  if (/^(Merge|Revert) /.test(subject)) return null
  const first = /^[^:]*: (\S+)/.exec(subject)?.[1] ?? ''
  if (IMPERATIVES.has(first)) return null
  return `“${first}” is not a known verb: begin with one in the imperative (“add”, “fix”). If it is one, add it to tools/words/verbs.ts`
}

/** Names of all source folders. */
export function knownScopes(root: string): Set<string> {
  const folders = globSync('{packages/*,packages/*/src/**,packages/*/tests,apps/*,apps/*/src/**,docs/*,ops/*}/', {
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

/** The lines `hash subject` of the commits to check. `isNew`: they are not on the main branch yet. */
function readCommits(): { lines: string[]; isNew: boolean } {
  const main = MAIN_BRANCHES.find((name) => git('rev-parse', '--verify', '--quiet', name) !== null)
  const added = main === undefined ? '' : (git('log', '--format=%h %s', `${main}..HEAD`) ?? '')
  const log = added === '' ? (git('log', '--format=%h %s', '-n', '20') ?? '') : added
  return { lines: log.split('\n').filter((line) => line !== ''), isNew: added !== '' }
}

if (import.meta.main) {
  const { lines, isNew } = readCommits()
  const scopes = knownScopes(ROOT)
  const wrong = lines.flatMap((line) => {
    const subject = line.slice(line.indexOf(' ') + 1)
    const reason = findSubjectFault(subject, scopes) ?? (isNew ? findVerbFault(subject) : null)
    return reason === null ? [] : [`${line}\n  ${reason}`]
  })
  console.log(`${lines.length} commits, ${wrong.length} with a wrong subject`)
  for (const line of wrong) console.error(line)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
