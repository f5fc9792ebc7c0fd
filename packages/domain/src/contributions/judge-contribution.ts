/**
 * The states of a contribution by riders. It is shown only to its author until three independent riders agree or a moderator
 * decides. A rider who disagrees suspends it; it is shown again once three agree after that. It expires when nobody confirms it
 * during its lifetime. A moderator's decision overrides all votes.
 */

export const CONTRIBUTION_STATES = ['pending', 'shown', 'suspended', 'accepted', 'rejected', 'expired'] as const
export type ContributionState = (typeof CONTRIBUTION_STATES)[number]

/** Independent riders who must agree. */
export const MIN_AGREEING_RIDERS = 3

const DAY_MS = 24 * 60 * 60_000
/** Lifetime of a contribution after the last confirmation, and that of a temporary one. */
export const LIFETIME_MS = 90 * DAY_MS
export const TEMPORARY_LIFETIME_MS = 7 * DAY_MS
/** Minimum lifetime of a temporary contribution that a moderator accepted. */
const TEMPORARY_ACCEPTED_MS = 30 * DAY_MS

/** The newest statement of one rider on one field. Times in epoch milliseconds. */
export type Statement = {
  readonly riderId: string
  readonly agrees: boolean
  /** When they first and last stated it. */
  readonly firstAt: number
  readonly lastAt: number
  /** Whether they were within reach of the zone; null where their position is not known. */
  readonly withinReach: boolean | null
  /** See `NetworkOf`: riders of one network may be the same person. */
  readonly network: string | null
  /** Whether they have a good record, so that they count separately from others of their network. */
  readonly trusted: boolean
}

export type ContributionVerdict = {
  readonly state: ContributionState
  /** Number of independent riders who agree. */
  readonly agree: number
  /** When it expires unless it is confirmed again; null for never. */
  readonly expiresAt: number | null
}

export type ContributionToJudge = {
  readonly state: ContributionState
  /** A moderator's decision; null for none. */
  readonly decision: { readonly accepted: boolean; readonly at: number } | null
  /** Whether it ends by itself, as a blocked zone does. */
  readonly isTemporary: boolean
}

/** The state of a contribution at `now` by all statements of riders. Their order does not matter. */
export function judgeContribution(
  { state, decision, isTemporary }: ContributionToJudge,
  statements: readonly Statement[],
  now: number,
): ContributionVerdict {
  const life = isTemporary ? TEMPORARY_LIFETIME_MS : LIFETIME_MS
  // Riders out of reach cannot see the zone.
  const counted = statements.filter(({ lastAt, withinReach }) => withinReach !== false && now - lastAt < life)
  const disagreeing = counted.filter(({ agrees }) => !agrees)
  const disputedAt = Math.max(Number.NEGATIVE_INFINITY, ...disagreeing.map(({ firstAt }) => firstAt))
  const agreeing = counted.filter(({ agrees }) => agrees)
  const since = agreeing.filter(({ lastAt }) => lastAt > disputedAt)
  const agree = countIndependent(since)
  const seenAt = Math.max(Number.NEGATIVE_INFINITY, ...agreeing.map(({ lastAt }) => lastAt))
  const expiresAt = Number.isFinite(seenAt) ? seenAt + life : null

  if (decision !== null) {
    const endsAt =
      decision.accepted && isTemporary ? Math.max(decision.at + TEMPORARY_ACCEPTED_MS, expiresAt ?? 0) : null
    if (endsAt !== null && now >= endsAt) return { state: 'expired', agree, expiresAt: null }
    return { state: decision.accepted ? 'accepted' : 'rejected', agree, expiresAt: endsAt }
  }
  if (expiresAt === null) return { state: 'expired', agree: 0, expiresAt: null }
  const isProven = agree >= MIN_AGREEING_RIDERS && since.some(({ withinReach }) => withinReach === true)
  if (isProven || (state === 'shown' && disagreeing.length === 0)) return { state: 'shown', agree, expiresAt }
  return { state: disagreeing.length > 0 ? 'suspended' : 'pending', agree, expiresAt }
}

/** Riders of one network without a record count as one, and so do all of an unknown network. */
function countIndependent(statements: readonly Statement[]): number {
  return new Set(
    statements.map(({ riderId, network, trusted }) =>
      trusted ? `rider ${riderId}` : network === null ? 'unknown network' : `network ${network}`,
    ),
  ).size
}
