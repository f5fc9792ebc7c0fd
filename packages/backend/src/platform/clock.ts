/** Epoch milliseconds. The only way time enters the service. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

/** Milliseconds that this process has run, whatever is done to the clock. */
export const uptime: Clock = () => performance.now()
