import { setTimeout as delay } from 'node:timers/promises'

export type Sleep = (ms: number) => Promise<void>

export const sleep: Sleep = async (ms) => {
  await delay(ms)
}
