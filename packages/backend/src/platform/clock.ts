/** Epoch milliseconds. The only source of time in the service. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

/** Milliseconds since the start of this process, independent of the system clock. */
export const uptime: Clock = () => performance.now()
