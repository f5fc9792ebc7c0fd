import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ArrivalFigures, Change } from './arrivals.ts'

/** A command to the listening process. */
export type ListenPlan =
  | {
      readonly kind: 'open'
      readonly port: number
      readonly streams: readonly (readonly number[])[]
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'count'; readonly sentAt: readonly number[] }
  | { readonly kind: 'close' }

export type ListenResult = ArrivalFigures & {
  /** Messages read; one may contain several changes. */
  readonly messages: number
  /** Streams that the server closed or broke. */
  readonly ended: number
  readonly cpuSeconds: number
}

/** A separate process that keeps streams open and reads them. */
export type Listeners = {
  /** Opens streams for these cells; resolves when each has received its first bytes. */
  open(port: number, streams: readonly (readonly number[])[], changes: readonly Change[]): Promise<void>
  /** The result since then; `sentAt`: when each report was sent (`clockMs`). */
  count(sentAt: readonly number[]): Promise<ListenResult>
  close(): Promise<void>
  stop(): void
}

/** Milliseconds of a monotonic clock that is the same in all processes of a machine. */
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
