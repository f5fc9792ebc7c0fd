import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Action } from './draw-actions.ts'

const MAX_SENT_PER_TURN = 8

/** Sends each action at its time, independent of earlier ones. `startedAt`: `performance.now()` at the start of the run. */
export async function play(
  actions: readonly Action[],
  startedAt: number,
  send: (action: Action) => void,
): Promise<void> {
  let sent = 0
  for (const action of actions) {
    const wait = action.at * 1000 - (performance.now() - startedAt)
    if (wait > 1) await sleep(wait)
    // When late, yield now and then so that responses are still read.
    else if ((sent += 1) % MAX_SENT_PER_TURN === 0) await turn()
    send(action)
  }
}
