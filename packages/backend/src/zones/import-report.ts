import type { RejectedRow } from '@kickstand/domain'
import type { ZoneChange } from './zone-change.ts'

/**
 * What an import did. `zones` and `spaces` are of the snapshot: its zones, and the sum of the capacities that it knows.
 * `missing` and `retired` count those that became so now. Of rejections and warnings the first thousand are kept.
 */
export type ImportReport = {
  readonly source: string
  readonly dryRun: boolean
  /** False where the file broke off. */
  readonly complete: boolean
  /** Zones that were not on the map before. */
  readonly added: number
  /** New in this source, and the same place as a zone that others list already; a dry run counts them with `added`. */
  readonly joined: number
  readonly updated: number
  readonly unchanged: number
  /** Of those updated or unchanged, the ones that the source calls something else now. */
  readonly rekeyed: number
  readonly missing: number
  readonly retired: number
  /** Zones that the file would have changed, added or taken away, and that stay as they were; `changes` says why. */
  readonly held: number
  readonly rejected: number
  readonly warned: number
  /** Places of the snapshot that have no motorcycle spaces, or no figures of them. */
  readonly leftOut: number
  readonly zones: number
  readonly spaces: number
  readonly rejections: readonly RejectedRow[]
  /** How many rows were rejected for each reason, figures and quoted texts left out of it. */
  readonly rejectedBy: Readonly<Record<string, number>>
  readonly warnings: readonly RejectedRow[]
  readonly notes: readonly string[]
  /** Every zone that the import changed, held, or would have changed in a dry run; 250,000 at most. */
  readonly changes: readonly ZoneChange[]
  readonly changesLeftOut: number
}

const MOST_KEPT = 1000
const MAX_REASONS = 100
const OTHER_REASONS = 'other reasons'

/** A report under way. */
export type Tally = { -readonly [K in keyof ImportReport]: ImportReport[K] } & {
  rejections: RejectedRow[]
  rejectedBy: Record<string, number>
  warnings: RejectedRow[]
  notes: string[]
  changes: ZoneChange[]
}

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
  if (tally.rejections.length < MOST_KEPT) tally.rejections.push(row)
}

export function tallyWarning(tally: Tally, row: RejectedRow): void {
  tally.warned += 1
  if (tally.warnings.length < MOST_KEPT) tally.warnings.push(row)
}
