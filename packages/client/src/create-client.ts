import { createCall, type Transport } from './call.ts'
import { contributionCalls } from './contributions.ts'
import { planCalls } from './plan.ts'
import { reportCalls } from './reports.ts'
import type { RiderKey } from './rider-auth.ts'
import { createServerClock } from './server-clock.ts'
import { zoneCalls } from './zones.ts'

export type ClientOptions = Pick<Transport, 'baseUrl' | 'fetch'> & {
  /** Epoch milliseconds by the clock of the device. */
  readonly now: () => number
  readonly riderKey: RiderKey
}

/**
 * The whole API for one rider, for browsers and Node. An app that loads in parts takes `createCall` and the calls of each
 * part instead.
 */
export function createClient({ baseUrl, fetch, now, riderKey }: ClientOptions) {
  const clock = createServerClock(now)
  const call = createCall({ baseUrl, fetch, clock })
  return {
    ...zoneCalls(call),
    ...planCalls(call),
    ...reportCalls(call, riderKey),
    ...contributionCalls(call, riderKey),
    /** Epoch milliseconds by the server's clock. */
    serverNow: clock.now,
  }
}

export type Client = ReturnType<typeof createClient>
