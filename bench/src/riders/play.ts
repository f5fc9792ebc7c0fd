import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Action } from './draw-actions.ts'

const SENT_AT_ONCE = 8

/** Hands each action over at its time, whatever became of those before. `startedAt` as of `performance.now()`. */
export async function play(
  actions: readonly Action[],
  startedAt: number,
  send: (action: Action) => void,
): Promise<void> {
  let sent = 0
  for (const action of actions) {
    const wait = action.at * 1000 - (performance.now() - startedAt)
    if (wait > 1) await sleep(wait)
    // Late ourselves: answers must be read all the same.
    else if ((sent += 1) % SENT_AT_ONCE === 0) await turn()
    send(action)
  }
}
