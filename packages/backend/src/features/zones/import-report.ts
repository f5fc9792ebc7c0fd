import type { RejectedRow } from '@kickstand/domain'
import type { ZoneChange } from './zone-change.ts'

/**
 * The result of an import. `zones` and `spaces` are the zones of the snapshot and the sum of their known capacities.
 * `missing` and `retired` count those that became so now. The first thousand rejections and warnings are kept.
 */
export type ImportReport = {
  readonly source: string
  readonly dryRun: boolean
  /** False where the file was truncated. */
  readonly complete: boolean
  /** Zones that were not on the map before. */
  readonly added: number
  /** New in this source, and the same place as a zone of another source; a dry run counts them as `added`. */
  readonly joined: number
  readonly updated: number
  readonly unchanged: number
  /** Of those updated or unchanged, the ones with a new reference. */
  readonly rekeyed: number
  readonly missing: number
  readonly retired: number
  /**
   * Zones that the file would have changed, added or removed, and that were kept unchanged; `changes` has the reasons.
   */
  readonly held: number
  readonly rejected: number
  readonly warned: number
  /** Places without motorcycle spaces, or without their number. */
  readonly leftOut: number
  readonly zones: number
  readonly spaces: number
  readonly rejections: readonly RejectedRow[]
  /** Number of rejected rows by reason, without numbers and quoted texts. */
  readonly rejectedBy: Readonly<Record<string, number>>
  readonly warnings: readonly RejectedRow[]
  readonly notes: readonly string[]
  /** Every zone that the import changed, held, or would have changed in a dry run; 250,000 at most. */
  readonly changes: readonly ZoneChange[]
  readonly changesLeftOut: number
}

const MAX_KEPT_ROWS = 1000
const MAX_REASONS = 100
const OTHER_REASONS = 'other reasons'

/** A report in progress. */
export type Tally = { -readonly [K in keyof ImportReport]: ImportReport[K] } & {
  rejections: RejectedRow[]
  rejectedBy: Record<string, number>
  warnings: RejectedRow[]
  notes: string[]
  changes: ZoneChange[]
}

/** A report with nothing counted. */
export function newTally(source: string, dryRun: boolean): Tally {
  const none = {
    added: 0,
    joined: 0,
    updated: 0,
    unchanged: 0,
    rekeyed: 0,
    missing: 0,
    retired: 0,
    held: 0,
    rejected: 0,
    warned: 0,
    leftOut: 0,
    zones: 0,
    spaces: 0,
    changesLeftOut: 0,
  }
  return {
    source,
    dryRun,
    complete: true,
    ...none,
    rejections: [],
    rejectedBy: {},
    warnings: [],
    notes: [],
    changes: [],
  }
}

export function tallyRejected(tally: Tally, row: RejectedRow): void {
  tally.rejected += 1
  const reason = row.reason.replaceAll(/"[^"]*"/g, '"…"').replaceAll(/\d+(\.\d+)?/g, 'N')
  const isKnown = Object.hasOwn(tally.rejectedBy, reason) || Object.keys(tally.rejectedBy).length < MAX_REASONS
  const key = isKnown ? reason : OTHER_REASONS
  tally.rejectedBy[key] = (tally.rejectedBy[key] ?? 0) + 1
  if (tally.rejections.length < MAX_KEPT_ROWS) tally.rejections.push(row)
}

export function tallyWarning(tally: Tally, row: RejectedRow): void {
  tally.warned += 1
  if (tally.warnings.length < MAX_KEPT_ROWS) tally.warnings.push(row)
}
