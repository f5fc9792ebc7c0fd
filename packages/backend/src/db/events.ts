import type { Level, Problem, ReportKind } from '@kickstand/domain'

/**
 * What readers hear of, as carried in `events.payload`. A zones event names zones to read again, since a batch of an
 * import touches hundreds; a report event is whole, since reports are most of the traffic.
 */
export type KickstandEvent =
  | { readonly type: 'zones'; readonly zoneIds: readonly string[] }
  | ({ readonly type: 'report' } & ReportEvent)
  | { readonly type: 'retraction'; readonly reportId: string; readonly zoneId: string }
  | { readonly type: 'sources' }

export type ReportEvent = {
  readonly id: string
  readonly zoneId: string
  readonly riderId: string
  readonly kind: ReportKind
  readonly count: number | null
  readonly level: Level | null
  readonly problem: Problem | null
  /** Epoch milliseconds. */
  readonly observedAt: number
  /** `estimate` moves the estimate; `history` and `none` do not. */
  readonly effect: 'estimate' | 'history' | 'none'
}

/** An event with its place in the order of the process that wrote it. `seq` counts from 1 without gaps per writer. */
export type LoggedEvent = {
  readonly writer: string
  readonly seq: number
  readonly at: number
  readonly event: KickstandEvent
}
