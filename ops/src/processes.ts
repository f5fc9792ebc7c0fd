import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@kickstand/domain'

/**
 * Every program of a layout is started with this in its environment, which its children inherit. So what belongs to a layout
 * is known by asking the system, whatever became of the command that started it; and a process number that was given to
 * another program meanwhile is never taken for ours.
 */
const MARK = 'TOPOLOGY_OF'
const LOG_TAIL = 1500
const ASK_EVERY_MS = 100

export type Start = {
  readonly folder: string
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export const logFile = (folder: string, name: string): string => path.join(folder, 'logs', `${name}.log`)

/** Starts a program that goes on when this one ends; what it says goes to its log. Returns its process number. */
export function startDetached({ folder, name, program, args, env = {} }: Start): number {
  mkdirSync(path.join(folder, 'logs'), { recursive: true })
  const log = openSync(logFile(folder, name), 'a')
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], [MARK]: folder, ...env },
  })
  closeSync(log)
  child.unref()
  // One that cannot be started at all is found out when it is waited for.
  child.once('error', () => undefined)
  return child.pid ?? 0
}

/** Whether the process lives and belongs to the layout of this folder. */
export function isOurs(folder: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${folder}`)
  } catch {
    return false
  }
}

/** All processes of the layout, also those that nobody wrote down. */
export function allOurs(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isOurs(folder, pid))
}

/** Ends those of the processes that are ours: politely, and after `withinMs` for good. Resolves once they are gone. */
export async function end(folder: string, pids: readonly number[], withinMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of pids) if (isOurs(folder, pid)) process.kill(pid, signal)
    const deadline = performance.now() + withinMs
    while (pids.some((pid) => isOurs(folder, pid)) && performance.now() < deadline) await sleep(ASK_EVERY_MS)
  }
}

/** Waits until `ready` stops throwing. Throws `not-ready` with the end of its log where the program ends or takes too long. */
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
      const gone = !isOurs(folder, pid)
      if (gone || performance.now() > deadline) {
        const file = logFile(folder, name)
        const said = existsSync(file) ? readFileSync(file, 'utf8').slice(-LOG_TAIL).trim() : ''
        const what = gone ? 'ended' : `did not answer within ${Math.round(withinMs / 1000)} s`
        throw new DomainError('not-ready', `${name} ${what}. Its log, ${file}, ends so:\n${said}`, [], error)
      }
      await sleep(ASK_EVERY_MS)
    }
  }
}
