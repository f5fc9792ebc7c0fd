import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../../../..')

/** A copy of the files of this work tree, with a commit of its own. `reset` takes back every change of a file. */
export type CopyOfRelease = {
  readonly root: string
  removeFile(file: string): void
  /** Replaces a text that occurs exactly once. Throws otherwise: a sabotage that no longer applies is a failure. */
  editFile(file: string, find: string, replace: string): void
  reset(): void
  dispose(): void
}

/**
 * Copies the tracked and new files of this work tree; packages of npm are shared by links. It is a copy of what is tested, also where
 * it is not committed yet.
 */
export function copyOfRelease(): CopyOfRelease {
  const root = mkdtempSync(path.join(tmpdir(), 'ks-sabotage-'))
  const listed = git(ROOT, ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  const deleted = new Set(git(ROOT, ['ls-files', '--deleted', '-z']).split('\0'))
  for (const file of listed.split('\0')) {
    if (file !== '' && !deleted.has(file)) cpSync(path.join(ROOT, file), path.join(root, file), { recursive: true })
  }
  linkPackages(root)
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  git(root, ['init', '-q'])
  git(root, ['add', '-A'])
  git(root, [...identity, 'commit', '-q', '-m', 'a copy'])
  return {
    root,
    removeFile: (file) => rmSync(path.join(root, file)),
    editFile(file, find, replace) {
      const place = path.join(root, file)
      const parts = readFileSync(place, 'utf8').split(find)
      if (parts.length !== 2) throw new Error(`${file} has the text ${find} ${parts.length - 1} times; expected once`)
      writeFileSync(place, parts.join(replace))
    },
    reset() {
      git(root, ['reset', '-q', '--hard'])
      git(root, ['clean', '-qfd'])
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Packages of npm are those of this work tree; packages of the project are those of the copy. */
function linkPackages(root: string): void {
  const from = path.join(ROOT, 'node_modules')
  mkdirSync(path.join(root, 'node_modules/@kickstand'), { recursive: true })
  for (const name of readdirSync(from)) {
    if (name !== '@kickstand') symlinkSync(path.join(from, name), path.join(root, 'node_modules', name))
  }
  for (const name of readdirSync(path.join(from, '@kickstand'))) {
    const folder = path.relative(ROOT, realpathSync(path.join(from, '@kickstand', name)))
    symlinkSync(path.join(root, folder), path.join(root, 'node_modules/@kickstand', name))
  }
}

function git(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout
}
