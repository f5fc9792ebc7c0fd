import { createServerClock } from '@kickstand/client'

export const serverClock = createServerClock(() => Date.now())

/** Epoch milliseconds by the server's clock. */
export const serverNow = serverClock.now
