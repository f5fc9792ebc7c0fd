import type { Figure } from '#platform/minute-figures.ts'

/** What one server counted within a minute or so. Rows of a minute are added up when they are read. */
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
  /** Counts by latency, separated by commas; empty where none is measured. */
  buckets: string
}

declare module '#db/schema.ts' {
  interface Schema {
    minute_figures: MinuteFiguresTable
  }
}
