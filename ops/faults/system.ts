import { spawnSync } from 'node:child_process'

/** Whether this process may mount disks and create networks: it needs root, and a container may forbid it. */
export function mayChangeSystem(): boolean {
  return spawnSync('unshare', ['--mount', '--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0
}

/** Runs a system program and returns its standard output. Throws if it fails. */
export function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || String(error)}`)
  return stdout
}

/** A name with the id of this process, so that a later run can remove what a crashed one left behind. */
export function ownName(prefix: string): string {
  return `${prefix}${process.pid}-${crypto.randomUUID().slice(0, 4)}`
}

/** The names from `ownName` whose process has ended. */
export function leftovers(prefix: string, names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10)))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
