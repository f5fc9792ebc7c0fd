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
  /** Zones added, updated or back again: whether the snapshot is a newer one. */
  readonly changed: number
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
export function judgeAbsence({ complete, activeBefore, lost, changed }: SnapshotOutcome): AbsenceVerdict {
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
  return { markMissing: true, retire: lost + changed > 0, note: null }
}
