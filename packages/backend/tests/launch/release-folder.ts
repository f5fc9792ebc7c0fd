import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A gate in YAML that a quick measurement judges; `changes` replace or add lines. */
export function gateYaml(changes: Readonly<Record<string, string>> = {}): string {
  const fields = {
    id: 'answers',
    title: 'It answers',
    level: 'must',
    owner: 'quality',
    kind: 'command',
    measurement: 'answers',
    expect: '[{ figure: count, atLeast: 3 }]',
    maximumAgeDays: '1',
    since: "'2026-11-01'",
    failureMeans: 'Nobody gets an answer.',
    runbook: 'README.md',
    ...changes,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
  return `- ${lines.join('\n  ')}\n`
}

/** A measurement in YAML whose command runs a program text in Node. */
export function measurementYaml(program: string, changes: Readonly<Record<string, string>> = {}): string {
  const fields = {
    id: 'answers',
    title: 'Answers',
    source: 'quick',
    command: 'node answers',
    run: JSON.stringify(['node', '-e', program]),
    timeoutSeconds: '20',
    ...changes,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
  return `- ${lines.join('\n  ')}\n`
}

/** A folder with a commit, with the files of a release. `remove` deletes it. */
export type ReleaseFolder = {
  readonly root: string
  write(file: string, text: string): void
  commit(): void
  remove(): void
}

/** `files`: texts by path from the root. Files under `launch/` that a release needs are there, empty, if not given. */
export function releaseFolder(files: Readonly<Record<string, string>>): ReleaseFolder {
  const root = mkdtempSync(path.join(tmpdir(), 'ks-release-'))
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
    const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  }
  const all = {
    '.gitignore': 'var/\n',
    'launch/waivers.yaml': '[]\n',
    'launch/measurements.yaml': '[]\n',
    'launch/critical-paths.yaml': 'user: []\nadmin: []\nclient: []\nsystem: []\n',
    ...files,
  }
  for (const [file, text] of Object.entries(all)) write(file, text)
  git('init', '-q')
  const commit = (): void => {
    git('add', '-A')
    git('commit', '-q', '-m', 'a release')
  }
  commit()
  return { root, write, commit, remove: () => rmSync(root, { recursive: true, force: true }) }
}
