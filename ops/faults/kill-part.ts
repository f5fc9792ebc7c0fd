import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkHealth } from '../src/health.ts'
import { isOurs, startDetached, waitFor } from '../src/processes.ts'
import { readState, writeState, type Part, type State } from '../src/state.ts'

export type Killed = {
  /** Starts it again as it was, on the data that it has left. Resolves once it is well. */
  readonly comeBack: () => Promise<void>
}

const BACK_WITHIN_MS = 180_000

function stateOf(folder: string): State {
  const state = readState(folder)
  if (state === null) throw new Error(`there is no layout in ${folder}`)
  return state
}

/** The part of that name as it runs now. */
export function partOf(folder: string, name: string): Part {
  const part = stateOf(folder).parts.find((one) => one.name === name)
  if (part === undefined) throw new Error(`the layout has no ${name}`)
  return part
}

/** kill -9 of a program of a layout, by its name; resolves once it is gone. */
export async function killPart(folder: string, name: string): Promise<Killed> {
  const part = partOf(folder, name)
  const [program = '', ...args] = listOf(part.pid, 'cmdline')
  const env = Object.fromEntries(
    listOf(part.pid, 'environ').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  process.kill(part.pid, 'SIGKILL')
  while (isOurs(folder, part.pid)) await sleep(10)
  return {
    async comeBack() {
      // The first node of a cluster joins the others, as they joined it.
      const again = args.filter((arg) => arg !== '--wsrep-new-cluster')
      const pid = startDetached({ folder, name, program, args: again, env })
      const state = stateOf(folder)
      const back = { ...part, pid }
      writeState(folder, { ...state, parts: state.parts.map((one) => (one.name === name ? back : one)) })
      await waitFor({ folder, name }, pid, BACK_WITHIN_MS, () => checkHealth(back, state))
    },
  }
}

function listOf(pid: number, file: 'cmdline' | 'environ'): string[] {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1)
}
