import { createCall, createConsoleClient, createServerClock } from '@kickstand/client'
import { createStepUpGate } from './step-up.ts'

const clock = createServerClock(() => Date.now())

/** Epoch milliseconds by the server's clock. */
export const serverNow = clock.now

export const stepUpGate = createStepUpGate()

const call = createCall({
  baseUrl: '',
  fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' }),
  clock,
})

/** The server that the page came from. */
export const server = createConsoleClient(stepUpGate.guard(call))
