import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { Type } from 'typebox'
import { Check } from 'typebox/value'

const Release = Type.Object({ commit: Type.String({ minLength: 7 }), committedAt: Type.String() })

/** `id`: the commit, with a suffix if files were changed since. `committedAt`: epoch milliseconds; null if unknown. */
export type Commit = { readonly id: string; readonly committedAt: number | null }

/**
 * Reads which commit is installed, from git or, on a server without a repository, from `release.json`. A changed work tree
 * gets a different name (`<commit>-changed-<digest>`), so that its results and those of the clean commit are not mixed up.
 * Throws `invalid-config` if neither can be read.
 */
export function readCommit(root: string): Commit {
  if (existsSync(path.join(root, '.git'))) return fromGit(root)
  const file = path.join(root, 'release.json')
  if (!existsSync(file))
    throw new DomainError(
      'invalid-config',
      `${root} is neither a git repository nor a release: it has no .git and no release.json.`,
    )
  const release: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!Check(Release, release))
    throw new DomainError('invalid-config', `${file} does not name a commit. Expected { "commit", "committedAt" }.`)
  const committedAt = Date.parse(release.committedAt)
  return { id: release.commit, committedAt: Number.isNaN(committedAt) ? null : committedAt }
}

function fromGit(root: string): Commit {
  const [id = '', seconds = ''] = git(root, ['log', '-1', '--format=%H %ct']).trim().split(' ')
  const changes = git(root, ['status', '--porcelain=v1', '--untracked-files=all'])
  if (changes === '') return { id, committedAt: Number(seconds) * 1000 }
  const hash = createHash('sha256').update(git(root, ['diff', 'HEAD', '--binary']))
  for (const untracked of git(root, ['ls-files', '--others', '--exclude-standard', '-z']).split('\0').filter(Boolean)) {
    hash.update(untracked).update(readFileSync(path.join(root, untracked)))
  }
  return { id: `${id}-changed-${hash.digest('hex').slice(0, 12)}`, committedAt: null }
}

function git(root: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status === 0) return stdout
  throw new DomainError(
    'invalid-config',
    `git ${args[0]} failed in ${root}: ${stderr.trim() || 'git is not installed'}.`,
  )
}
