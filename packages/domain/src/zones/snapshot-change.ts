/** A snapshot that lost more than this share of its source's zones is more likely broken than true. */
export const LARGEST_LOSS = 0.2

/** What a finished snapshot says about the zones of its source that are not in it. */
export type SnapshotOutcome = {
  /** False where the file broke off: what is absent may only be unread. */
  readonly complete: boolean
  /** Zones of the source that were active before, in the area that the snapshot covers. */
  readonly activeBefore: number
  /** Of those, the ones that the snapshot does not have. */
  readonly lost: number
  /** Those that it does not have and that were missing before. */
  readonly stillMissing: number
  /** Zones added, updated or back again: whether the snapshot is a newer one. */
  readonly changed: number
  /** Objects that could not be read at all: any absent zone may be one of them. */
  readonly unread: number
}

export type AbsenceVerdict = {
  /** Mark zones that are absent for the first time as missing. */
  readonly markMissing: boolean
  /** Take zones off the map that were missing already. */
  readonly retire: boolean
  /** Why nothing is taken away, in one line for the report; null where there is nothing to say. */
  readonly note: string | null
}

/**
 * Whether absence means gone. A zone is missing at its first absence and retired at the next newer snapshot without it. The
 * same snapshot again is not a newer one, so importing a file twice changes nothing: a snapshot counts as newer when it
 * added, changed or lost anything.
 */
export function judgeAbsence(outcome: SnapshotOutcome): AbsenceVerdict {
  const { complete, activeBefore, lost, stillMissing, changed, unread } = outcome
  if (!complete) {
    return { markMissing: false, retire: false, note: 'The file is not complete, so no zone is taken for missing.' }
  }
  if (lost > LARGEST_LOSS * activeBefore) {
    const share = Math.round((100 * lost) / activeBefore)
    return {
      markMissing: false,
      retire: false,
      note: `${lost} of ${activeBefore} zones (${share} %) are not in this snapshot. Over 20 % is taken for a broken snapshot: none is marked missing or retired.`,
    }
  }
  const doubt = unread > 0 && lost + stillMissing > 0
  return {
    markMissing: lost > unread,
    retire: lost + changed > 0 && stillMissing > unread,
    note: doubt ? `Objects that could not be read: ${unread}. Zones that seem to be absent may be among them.` : null,
  }
}
