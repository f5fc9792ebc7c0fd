import type { Figures } from './tally.ts'

/** What a fault did, as measured: a row of docs/operating/faults.md. */
export type Outcome = {
  readonly fault: string
  readonly engine: string
  /** From the beginning of the fault until what was there before is there again. */
  readonly lastedMs: number
  /** Reports that were sent, each with its own key; all of them were answered 2xx in the end. */
  readonly reports: number
  /** Tries of reports. */
  readonly writes: Figures
  readonly reads: Figures
  /** Streams there were, how many were opened in all, and how many broke off or were refused. */
  readonly streams: { readonly held: number; readonly opened: number; readonly broken: number }
  /** From the end of the fault until all servers told the same, and all streams had been told it. */
  readonly serversAgreeMs: number
  readonly streamsAgreeMs: number
}

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest's map of a test's own figures is open by merging
  interface TaskMeta {
    /** Read by tools/run-faults.ts out of the runner's report. */
    outcome?: Outcome
  }
}
