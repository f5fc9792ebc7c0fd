/** Epoch milliseconds. The only way time enters the service. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()
