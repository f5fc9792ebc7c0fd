import type { Figures } from './tally.ts'

/** Measurements of one fault: a row of docs/operating/faults.md. */
export type Outcome = {
  readonly fault: string
  readonly engine: string
  /** From the start of the fault until the failed part is restored. */
  readonly lastedMs: number
  /** Number of reports, each with its own key; all were answered 2xx in the end. */
  readonly reports: number
  /** Attempts to send reports. */
  readonly writes: Figures
  readonly reads: Figures
  /** Number of streams, how often one was opened, and how many broke or were rejected. */
  readonly streams: { readonly held: number; readonly opened: number; readonly broken: number }
  /** From the end of the fault until all servers agree, and until all streams have received the last state. */
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
