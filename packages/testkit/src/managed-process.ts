import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type ManagedProcess = {
  /** Process id of the supervising shell; the program is a child of it. */
  readonly pid: number
  /** A temporary folder that is removed with the process. */
  readonly folder: string
  /** Its output so far, both streams. */
  readonly log: () => string
  /**
   * Waits until `ready` stops throwing. Throws with the end of the log if the process ends first or the time is over.
   */
  readonly until: (ready: () => Promise<unknown>, withinMs: number) => Promise<void>
  /** Ends it (SIGTERM, SIGKILL after the grace period), removes the folder, and waits for both. */
  readonly stop: () => Promise<void>
}

/**
 * The supervising shell watches its stdin, which closes when this process ends, also by kill -9. It then ends the
 * program and removes the folder, so that nothing outlives its test.
 */
const KEEPER = `
folder=$1 grace=$2; shift 2
exec 3<&0
{ eval "$COMMAND"; } >"$folder/log" 2>&1 </dev/null 3<&- &
pid=$!
( while read -r _ <&3; do :; done; kill "$pid"; sleep "$grace"; kill -9 "$pid" ) 2>/dev/null &
watcher=$!
wait "$pid"
echo $? >"$folder/exit"
kill "$watcher"
while read -r _ <&3; do :; done
rm -rf "$folder"
`

const LOG_TAIL = 4000
const POLL_EVERY_MS = 100

/**
 * Starts a program in the background. `command` is a shell command line with `args` as "$1" … and the temporary folder
 * as "$folder". Its last part begins with `exec`, so that signals reach the program itself.
 */
export async function startManaged(
  command: string,
  args: readonly string[],
  {
    env,
    graceSeconds = 5,
    under = tmpdir(),
  }: { env: Readonly<Record<string, string>>; graceSeconds?: number; under?: string },
): Promise<ManagedProcess> {
  const folder = await mkdtemp(path.join(under, 'ks-'))
  const keeper = spawn('sh', ['-c', KEEPER, 'keeper', folder, String(graceSeconds), ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...env, COMMAND: command },
  })
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
  keeper.unref()

  const inFolder = (file: string): string => {
    const full = path.join(folder, file)
    return existsSync(full) ? readFileSync(full, 'utf8') : ''
  }
  const log = (): string => inFolder('log')
  return {
    pid: keeper.pid ?? 0,
    folder,
    log,
    until: async (ready, withinMs) => {
      const deadline = Date.now() + withinMs
      for (;;) {
        try {
          await ready()
          return
        } catch (cause) {
          const exit = inFolder('exit').trim()
          if (exit !== '') throw new Error(`it ended with ${exit}:\n${log().slice(-LOG_TAIL)}`, { cause })
          if (Date.now() > deadline) throw new Error(`not ready in time:\n${log().slice(-LOG_TAIL)}`, { cause })
          await sleep(POLL_EVERY_MS)
        }
      }
    },
    stop: async () => {
      keeper.ref()
      keeper.stdin.end()
      await ended
    },
  }
}
