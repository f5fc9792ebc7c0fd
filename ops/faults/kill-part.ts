import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkHealth } from '../src/health.ts'
import { belongsTo, startDetached, waitFor } from '../src/processes.ts'
import { readState, writeState, type Part, type State } from '../src/state.ts'

export type Killed = {
  /** Starts it again with the same command and data. Resolves once it is healthy. */
  readonly restart: () => Promise<void>
}

const RESTART_WITHIN_MS = 180_000

function stateOf(folder: string): State {
  const state = readState(folder)
  if (state === null) throw new Error(`there is no layout in ${folder}`)
  return state
}

/** The running part with this name. */
export function partOf(folder: string, name: string): Part {
  const part = stateOf(folder).parts.find((one) => one.name === name)
  if (part === undefined) throw new Error(`the layout has no ${name}`)
  return part
}

/** Kills a part of a layout with kill -9. Resolves once the process is gone. */
export async function killPart(folder: string, name: string): Promise<Killed> {
  const part = partOf(folder, name)
  const [program = '', ...args] = listOf(part.pid, 'cmdline')
  const env = Object.fromEntries(
    listOf(part.pid, 'environ').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  process.kill(part.pid, 'SIGKILL')
  while (belongsTo(folder, part.pid)) await sleep(10)
  return {
    async restart() {
      // The first node must join the existing cluster instead of starting a new one.
      const again = args.filter((arg) => arg !== '--wsrep-new-cluster')
      const pid = startDetached({ folder, name, program, args: again, env })
      const state = stateOf(folder)
      const back = { ...part, pid }
      writeState(folder, { ...state, parts: state.parts.map((one) => (one.name === name ? back : one)) })
      await waitFor({ folder, name }, pid, RESTART_WITHIN_MS, () => checkHealth(back, state))
    },
  }
}

function listOf(pid: number, file: 'cmdline' | 'environ'): string[] {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1)
}
