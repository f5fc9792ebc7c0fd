import type { Figure } from '#platform/minute-figures.ts'

/** The figures of one server for about one minute. Rows of the same minute are summed when they are read. */
export type MinuteFiguresTable = {
  id: string
  /** Minutes since the epoch. */
  minute: number
  /** The process that counted. */
  server: string
  kind: Figure['kind']
  label: string
  count: number
  failures: number
  rejections: number
  total: number
  maximum: number
  /** Counts per latency bucket, separated by commas; empty if no latency is measured. */
  buckets: string
}

declare module '#db/schema.ts' {
  interface Schema {
    minute_figures: MinuteFiguresTable
  }
}
