/** A snapshot that lost more than this share of its source's zones is more likely broken than true. */
export const LARGEST_LOSS = 0.2
/** A source of at most so many zones loses more than that by two or three that really went. */
const SMALL_SOURCE = 25
/** So many newer snapshots that all lack the same zones of a small source are believed. */
const CONFIRMATIONS = 3

/** What a finished snapshot says about the zones of its source that are not in it. */
export type SnapshotOutcome = {
  /** False where the file broke off: what is absent may only be unread. */
  readonly complete: boolean
  /** Zones in the snapshot. */
  readonly zones: number
  /** Zones of the source that were active before, in the area that the snapshot covers. */
  readonly activeBefore: number
  /** Of those, the ones that the snapshot does not have. */
  readonly lost: number
  /** Those that it does not have and that were missing before. */
  readonly stillMissing: number
  /** Zones that it has in a row that cannot be read: they are not lost, but so broken a snapshot proves no absence. */
  readonly unreadable: number
  /** Zones added, updated or back again: whether the snapshot is a newer one. */
  readonly changed: number
  /** Objects that could not be read, and of which nothing tells what they are: any absent zone may be one of them. */
  readonly unread: number
  /** Newer snapshots before this one, in a row, that lacked exactly the same active zones and were not believed. */
  readonly doubted: number
  /** Whether the operator says that what is absent is gone. */
  readonly acceptRemovals: boolean
}

/** `held`: it stays as it was although it is absent, for a reason that the report gives. */
export type AbsenceVerdict = {
  /** What becomes of zones that are absent for the first time. */
  readonly lost: 'missing' | 'retired' | 'held'
  /** What becomes of zones that were missing already. */
  readonly stillMissing: 'retired' | 'held' | 'unchanged'
  /** Whether the loss is too large to be believed. */
  readonly doubtful: boolean
  /** As `doubted` for the next snapshot. */
  readonly doubted: number
  /** Why nothing, or all, is taken away, in one line for the report; null where there is nothing to say. */
  readonly note: string | null
}

/**
 * Whether absence means gone. A zone is missing at its first absence and retired at the next newer snapshot without it. The
 * same snapshot again is not a newer one, so importing a file twice changes nothing: a snapshot counts as newer when it
 * added, changed or lost anything.
 */
export function judgeAbsence(outcome: SnapshotOutcome): AbsenceVerdict {
  const { complete, zones, activeBefore, lost, stillMissing, changed, unread, acceptRemovals } = outcome
  const held = { lost: 'held', stillMissing: 'held', doubtful: false, doubted: outcome.doubted } as const
  const gone = { lost: 'retired', stillMissing: 'retired', doubtful: false, doubted: 0 } as const
  if (!complete) return { ...held, note: 'The file is not complete, so no zone is taken for missing.' }
  if (acceptRemovals) {
    if (zones > 0) return { ...gone, note: null }
    const note = 'There is no zone in the file, so none is taken away. To take away a whole source: sources remove ID.'
    return { ...held, note }
  }
  const { unreadable } = outcome
  const isLoss = lost + stillMissing > 0
  if (isLoss && lost + unreadable > LARGEST_LOSS * activeBefore) {
    const share = Math.round((100 * (lost + unreadable)) / activeBefore)
    const isNewer = changed > 0 || outcome.doubted === 0
    const doubted = outcome.doubted + Number(isNewer)
    const isSmall = activeBefore <= SMALL_SOURCE && zones > 0 && unread === 0
    const broken = unreadable > 0 ? `, ${unreadable} of them in rows that cannot be read` : ''
    const absent = `${lost + unreadable} of ${activeBefore} zones (${share} %) are not in this snapshot${broken}`
    if (isSmall && doubted >= CONFIRMATIONS && isNewer) {
      return { ...gone, note: `${absent}, nor in the ${doubted - 1} newer ones before: they are retired.` }
    }
    const wait = isSmall
      ? ` Newer snapshots that lack exactly these: ${doubted}; at ${CONFIRMATIONS} they are retired.`
      : ''
    const note = `${absent}. Over 20 % is taken for a broken snapshot: none is marked missing or retired.${wait} If they are gone, import it with --accept-removals.`
    return { ...held, doubtful: true, doubted, note }
  }
  const note =
    unread > 0 && lost + stillMissing > 0
      ? `Objects that could not be read: ${unread}. Zones that seem to be absent may be among them: none is retired.`
      : null
  return {
    lost: lost > unread ? 'missing' : 'held',
    stillMissing: unread > 0 ? 'held' : lost + changed > 0 ? 'retired' : 'unchanged',
    doubtful: false,
    doubted: 0,
    note,
  }
}
