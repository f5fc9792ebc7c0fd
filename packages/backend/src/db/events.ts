import type { Level, SensorObservation, Problem, ReportKind } from '@kickstand/domain'

/**
 * The events for consumers, as stored in `events.payload`. A zones event names the zones to reload, since a batch of an
 * import touches hundreds; reports are complete, one event per commit, since they are most of the traffic.
 */
export type KickstandEvent =
  | { readonly type: 'zones'; readonly zoneIds: readonly string[] }
  | { readonly type: 'reports'; readonly reports: readonly ReportEvent[] }
  | { readonly type: 'retraction'; readonly reportId: string; readonly zoneId: string }
  | { readonly type: 'sources' }
  | ({ readonly type: 'erasure' } & ErasureEvent)
  /** A decision of a moderator; its effects follow as events of their own. */
  | { readonly type: 'decision'; readonly subject: string; readonly verdict: string; readonly by: string }
  /** A removal of a zone by riders: waiting, held back by a limit, or done. */
  | ({ readonly type: 'removal' } & RemovalEvent)
  | ({ readonly type: 'checkpoint' } & CheckpointEvent)
  /** Priors to load: they are active from now on. */
  | { readonly type: 'priors'; readonly numbers: readonly number[] }
  | ({ readonly type: 'readings' } & ReadingsEvent)

export type RemovalEvent = {
  readonly contributionId: string
  readonly zoneId: string
  readonly outcome: 'waiting' | 'held' | 'removed'
}

/**
 * Checkpoints that were stored. Every server computes its own from its observations and these capacities and priors:
 * the same to the last bit.
 */
export type CheckpointEvent = {
  /** Epoch milliseconds. */
  readonly cutAt: number
  readonly zones: readonly { readonly id: string; readonly capacity: number | null; readonly prior?: number }[]
  /** All zones have their checkpoints now. */
  readonly isLast: boolean
}

/** Readings of one feed: those that affect estimates, and zones whose sensors repeated their last reading. */
export type ReadingsEvent = {
  readonly feedId: string
  readonly readings: readonly ReadingEvent[]
  readonly same: readonly { readonly zoneId: string; readonly at: number }[]
}

export type ReadingEvent = Pick<SensorObservation, 'kind' | 'count' | 'level'> & {
  readonly id: string
  readonly zoneId: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Replay order, see `Observation`. */
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
  /** Replay order, see `Observation`. */
  readonly eventOrder: number
  readonly outlierProbability: number | null
  readonly network: string | null
  readonly trusted: boolean
  /** See `Observation`; absent from events of older servers. */
  readonly withinReach?: boolean
}

/**
 * Riders were erased. `riders`: the `shortDigest` of their ids, which the event must not name. `reports`: those that boards
 * may still hold, each with the id that now stands for its reporter.
 */
export type ErasureEvent = { readonly riders: readonly number[]; readonly reports: readonly ReportEvent[] }

/** An event with its number. `seq` counts from 1 without gaps per producer. */
export type LoggedEvent = {
  readonly producer: string
  readonly seq: number
  readonly at: number
  readonly event: KickstandEvent
}
