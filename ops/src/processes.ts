import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@kickstand/domain'

/**
 * Environment variable that marks every program of a layout; children inherit it. It identifies the processes of a
 * layout even if the command that started them crashed, and a reused process id is never mistaken for one of them.
 */
const MARK = 'TOPOLOGY_OF'
const LOG_TAIL = 1500
const POLL_EVERY_MS = 100

export type Start = {
  readonly folder: string
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export const logFile = (folder: string, name: string): string => path.join(folder, 'logs', `${name}.log`)

/** Starts a program that outlives this process, with its output in a log file. Returns its process id. */
export function startDetached({ folder, name, program, args, env = {} }: Start): number {
  mkdirSync(path.join(folder, 'logs'), { recursive: true })
  const log = openSync(logFile(folder, name), 'a')
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH, HOME, NODE_COMPILE_CACHE, [MARK]: folder, ...env },
  })
  closeSync(log)
  child.unref()
  // `waitFor` detects a program that could not be started.
  child.once('error', () => undefined)
  return child.pid ?? 0
}

/** Whether the process is running and belongs to the layout of this folder. */
export function belongsTo(folder: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${folder}`)
  } catch {
    return false
  }
}

/** All processes of the layout, including those missing in its state file. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && belongsTo(folder, pid))
}

/**
 * Ends those of the processes that belong to the layout: SIGTERM, and SIGKILL after `withinMs`. Resolves once they are
 * gone.
 */
export async function end(folder: string, pids: readonly number[], withinMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of pids) if (belongsTo(folder, pid)) process.kill(pid, signal)
    const deadline = performance.now() + withinMs
    while (pids.some((pid) => belongsTo(folder, pid)) && performance.now() < deadline) await sleep(POLL_EVERY_MS)
  }
}

/**
 * Waits until `ready` stops throwing. Throws `not-ready` with the end of its log if the program ends or takes too long.
 */
export async function waitFor(
  { folder, name }: Pick<Start, 'folder' | 'name'>,
  pid: number,
  withinMs: number,
  ready: () => Promise<unknown>,
): Promise<void> {
  const deadline = performance.now() + withinMs
  for (;;) {
    try {
      await ready()
      return
    } catch (error) {
      const gone = !belongsTo(folder, pid)
      if (gone || performance.now() > deadline) {
        const file = logFile(folder, name)
        const tail = existsSync(file) ? readFileSync(file, 'utf8').slice(-LOG_TAIL).trim() : ''
        const what = gone ? 'ended' : `did not answer within ${Math.round(withinMs / 1000)} s`
        throw new DomainError('not-ready', `${name} ${what}. The end of its log, ${file}:\n${tail}`, [], error)
      }
      await sleep(POLL_EVERY_MS)
    }
  }
}
