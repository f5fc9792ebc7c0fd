/** A snapshot that lost more than this share of its source's zones is probably broken. */
export const MAX_LOST_SHARE = 0.2
/** In a source with at most so many zones, a loss of two or three real ones exceeds that share. */
const MAX_SMALL_SOURCE_ZONES = 25
/** Number of newer snapshots without the same zones after which the loss of a small source is accepted. */
const MIN_CONFIRMATIONS = 3

/** What a finished snapshot tells about the zones of its source that are absent from it. */
export type SnapshotOutcome = {
  /** False for a truncated file: absent zones may be in the missing part. */
  readonly complete: boolean
  /** Zones in the snapshot. */
  readonly zones: number
  /** Zones of the source that were active before, in the area that the snapshot covers. */
  readonly activeBefore: number
  /** Of those, the ones absent from the snapshot. */
  readonly lost: number
  /** Zones absent from the snapshot that were missing before. */
  readonly stillMissing: number
  /** Zones whose row cannot be parsed: they are not lost, but a snapshot with many of them does not prove any absence. */
  readonly unreadable: number
  /** Zones added, updated or back again; above 0 the snapshot is a newer one. */
  readonly changed: number
  /** Objects that could not be parsed and have no known reference: any absent zone may be one of them. */
  readonly unread: number
  /** Number of newer snapshots in a row before this one that lacked exactly the same active zones and were not accepted. */
  readonly doubted: number
  /** Whether the operator confirms that absent zones are gone. */
  readonly acceptRemovals: boolean
}

/** `held`: an absent zone stays as it is, for a reason in the report. */
export type AbsenceVerdict = {
  /** The new state of zones that are absent for the first time. */
  readonly lost: 'missing' | 'retired' | 'held'
  /** The new state of zones that were missing already. */
  readonly stillMissing: 'retired' | 'held' | 'unchanged'
  /** Whether the loss is too large to be plausible. */
  readonly doubtful: boolean
  /** The value of `doubted` for the next snapshot. */
  readonly doubted: number
  /** Why zones are held or retired, in one line for the report; null without a special case. */
  readonly note: string | null
}

/**
 * Decides the state of absent zones. A zone is missing at its first absence and retired at the next newer snapshot without it. A
 * snapshot is newer if it added, changed or lost anything, so importing the same file twice changes nothing.
 */
export function judgeAbsence(outcome: SnapshotOutcome): AbsenceVerdict {
  const { complete, zones, activeBefore, lost, stillMissing, changed, unread, acceptRemovals } = outcome
  const held = { lost: 'held', stillMissing: 'held', doubtful: false, doubted: outcome.doubted } as const
  const gone = { lost: 'retired', stillMissing: 'retired', doubtful: false, doubted: 0 } as const
  if (!complete) return { ...held, note: 'The file is incomplete, so no zone is marked missing.' }
  if (acceptRemovals) {
    if (zones > 0) return { ...gone, note: null }
    const note = 'The file has no zones, so none is removed. To remove a whole source, use: sources remove ID.'
    return { ...held, note }
  }
  const { unreadable } = outcome
  const isLoss = lost + stillMissing > 0
  if (isLoss && lost + unreadable > MAX_LOST_SHARE * activeBefore) {
    const share = Math.round((100 * (lost + unreadable)) / activeBefore)
    const isNewer = changed > 0 || outcome.doubted === 0
    const doubted = outcome.doubted + Number(isNewer)
    const isSmall = activeBefore <= MAX_SMALL_SOURCE_ZONES && zones > 0 && unread === 0
    const broken = unreadable > 0 ? `, ${unreadable} of them in rows that cannot be parsed` : ''
    const absent = `${lost + unreadable} of ${activeBefore} zones (${share} %) are not in this snapshot${broken}`
    if (isSmall && doubted >= MIN_CONFIRMATIONS && isNewer) {
      return { ...gone, note: `${absent}, nor in the ${doubted - 1} newer ones before. They are retired.` }
    }
    const wait = isSmall
      ? ` Newer snapshots without exactly these: ${doubted}; after ${MIN_CONFIRMATIONS} they are retired.`
      : ''
    const note = `${absent}. A loss of over 20 % suggests a broken snapshot: none is marked missing or retired.${wait} If they are gone, import it with --accept-removals.`
    return { ...held, doubtful: true, doubted, note }
  }
  const note =
    unread > 0 && lost + stillMissing > 0
      ? `Objects that could not be read: ${unread}. Absent zones may be among them, so none is retired.`
      : null
  return {
    lost: lost > unread ? 'missing' : 'held',
    stillMissing: unread > 0 ? 'held' : lost + changed > 0 ? 'retired' : 'unchanged',
    doubtful: false,
    doubted: 0,
    note,
  }
}
