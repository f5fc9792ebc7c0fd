import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ArrivalFigures, Change } from './arrivals.ts'

/** What the listening process is told to do. */
export type ListenPlan =
  | {
      readonly kind: 'open'
      readonly port: number
      readonly streams: readonly (readonly number[])[]
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'count'; readonly sentAt: readonly number[] }
  | { readonly kind: 'close' }

export type Heard = ArrivalFigures & {
  /** Messages read: a few changes may be in one. */
  readonly messages: number
  /** Streams that the server ended or broke. */
  readonly ended: number
  readonly cpuSeconds: number
}

/** A process of its own that holds streams open and reads them. */
export type Listeners = {
  /** Opens streams that look at these cells; resolves when each has its first words. */
  open(port: number, streams: readonly (readonly number[])[], changes: readonly Change[]): Promise<void>
  /** What came since, given when each report was sent (`clockMs`). */
  count(sentAt: readonly number[]): Promise<Heard>
  close(): Promise<void>
  stop(): void
}

/** Milliseconds on a clock that all processes of a machine share. */
export function clockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export function startListeners(): Listeners {
  const child = fork(fileURLToPath(new URL('./listen-main.ts', import.meta.url)), {
    execArgv: [],
    serialization: 'advanced',
  })
  function ask<T>(plan: ListenPlan): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the listening process ended before it answered'))
      child.once('exit', ended)
      child.once('message', (answer) => {
        child.off('exit', ended)
        resolve(answer as T)
      })
      child.send(plan)
    })
  }
  return {
    open: (port, streams, changes) => ask({ kind: 'open', port, streams, changes }),
    count: (sentAt) => ask({ kind: 'count', sentAt }),
    close: () => ask({ kind: 'close' }),
    stop: () => void child.kill(),
  }
}
