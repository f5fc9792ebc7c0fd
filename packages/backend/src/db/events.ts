import type { Level, MachineSays, Problem, ReportKind } from '@kickstand/domain'

/**
 * What readers hear of, as carried in `events.payload`. A zones event names zones to read again, since a batch of an
 * import touches hundreds; reports are whole, those of a commit together, since they are most of the traffic.
 */
export type KickstandEvent =
  | { readonly type: 'zones'; readonly zoneIds: readonly string[] }
  | { readonly type: 'reports'; readonly reports: readonly ReportEvent[] }
  | { readonly type: 'retraction'; readonly reportId: string; readonly zoneId: string }
  | { readonly type: 'sources' }
  /** A moderator decided; what became of it comes as an event of its own. */
  | { readonly type: 'decision'; readonly subject: string; readonly verdict: string; readonly by: string }
  /** Riders try to take a zone away, or a limit holds them back, or they did. */
  | ({ readonly type: 'removal' } & RemovalEvent)
  | ({ readonly type: 'checkpoint' } & CheckpointEvent)
  /** Priors to read: they are in force from now on. */
  | { readonly type: 'priors'; readonly numbers: readonly number[] }
  | ({ readonly type: 'readings' } & ReadingsEvent)

export type RemovalEvent = {
  readonly contributionId: string
  readonly zoneId: string
  readonly outcome: 'waiting' | 'held' | 'removed'
}

/**
 * Checkpoints that were stored. Every server makes its own from the observations that it has and the capacities and priors told
 * here: the same to the last bit.
 */
export type CheckpointEvent = {
  /** Epoch milliseconds. */
  readonly cutAt: number
  readonly zones: readonly { readonly id: string; readonly capacity: number | null; readonly prior?: number }[]
  /** All zones have theirs now. */
  readonly isLast: boolean
}

/** What the machines of one feed said at once: what moves estimates, whole, and zones of which they said the same as before. */
export type ReadingsEvent = {
  readonly feedId: string
  readonly readings: readonly ReadingEvent[]
  readonly same: readonly { readonly zoneId: string; readonly at: number }[]
}

export type ReadingEvent = Pick<MachineSays, 'kind' | 'count' | 'level'> & {
  readonly id: string
  readonly zoneId: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Place in the order of folding, see `Observation`. */
  readonly eventOrder: number
}

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
  /** Place in the order of folding, see `Observation`. */
  readonly eventOrder: number
  readonly outlierProbability: number | null
  readonly network: string | null
  readonly trusted: boolean
  /** See `Observation`; not in events of servers older than this field. */
  readonly withinReach?: boolean
}

/** An event with its place in the order of the process that wrote it. `seq` counts from 1 without gaps per writer. */
export type LoggedEvent = {
  readonly writer: string
  readonly seq: number
  readonly at: number
  readonly event: KickstandEvent
}
