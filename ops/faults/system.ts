import { spawnSync } from 'node:child_process'

/** Whether disks may be mounted and networks made here: as root, and not in a container that forbids it. */
export function mayChangeSystem(): boolean {
  return spawnSync('unshare', ['--mount', '--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0
}

/** Runs a program of the system to its end and returns what it said. Throws where it fails. */
export function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || String(error)}`)
  return stdout
}

/** A name that says whose it is, so that it can be removed when its owner has died. */
export function ownName(prefix: string): string {
  return `${prefix}${process.pid}-${crypto.randomUUID().slice(0, 4)}`
}

/** Those of the names that `ownName` gave to processes which have ended. */
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
