/**
 * What becomes of a contribution that riders state. It is shown to nobody but who says so until three who are independent of each
 * other agree, or a moderator decides. Who says otherwise suspends it: then it takes three who agree after that. What nobody
 * has seen again for its life is let go of. A moderator's word stands whatever is voted.
 */

export const CONTRIBUTION_STATES = ['pending', 'shown', 'suspended', 'accepted', 'rejected', 'expired'] as const
export type ContributionState = (typeof CONTRIBUTION_STATES)[number]

/** Riders who must agree. */
export const AGREE_NEEDED = 3

const DAY = 24 * 60 * 60_000
/** How long a contribution lives that nobody sees again, and one that passes by itself. */
export const LIFE_MS = 90 * DAY
export const PASSING_LIFE_MS = 7 * DAY
/** How long a moderator's word on a passing contribution stands. */
const PASSING_ACCEPTED = 30 * DAY

/** What one rider says of one field, the newest of what he said. Times in epoch milliseconds. */
export type Statement = {
  readonly riderId: string
  readonly agrees: boolean
  /** Since when he says so, and when he last did. */
  readonly firstAt: number
  readonly lastAt: number
  /** Whether he was within reach of the zone; null where his position is not known. */
  readonly withinReach: boolean | null
  /** See `NetworkOf`: riders of one network may be one. */
  readonly network: string | null
  /** He has a record good enough for his network not to matter. */
  readonly trusted: boolean
}

export type ContributionVerdict = {
  readonly state: ContributionState
  /** Those who agree, counted as independent riders. */
  readonly agree: number
  /** When it passes unless it is seen again; null where it does not. */
  readonly expiresAt: number | null
}

export type ContributionToJudge = {
  readonly state: ContributionState
  /** What a moderator said, and when. */
  readonly decision: { readonly accepted: boolean; readonly at: number } | null
  /** It ends by itself: a blocked zone. */
  readonly passes: boolean
}

/** Judges a contribution by everything that riders say of it at `now`. The order of statements does not matter. */
export function judgeContribution(
  { state, decision, passes }: ContributionToJudge,
  statements: readonly Statement[],
  now: number,
): ContributionVerdict {
  const life = passes ? PASSING_LIFE_MS : LIFE_MS
  // From afar nobody sees anything.
  const heard = statements.filter(({ lastAt, withinReach }) => withinReach !== false && now - lastAt < life)
  const dissent = heard.filter(({ agrees }) => !agrees)
  const disputedAt = Math.max(Number.NEGATIVE_INFINITY, ...dissent.map(({ firstAt }) => firstAt))
  const assent = heard.filter(({ agrees }) => agrees)
  const since = assent.filter(({ lastAt }) => lastAt > disputedAt)
  const agree = countIndependent(since)
  const seenAt = Math.max(Number.NEGATIVE_INFINITY, ...assent.map(({ lastAt }) => lastAt))
  const expiresAt = Number.isFinite(seenAt) ? seenAt + life : null

  if (decision !== null) {
    const endsAt = decision.accepted && passes ? Math.max(decision.at + PASSING_ACCEPTED, expiresAt ?? 0) : null
    if (endsAt !== null && now >= endsAt) return { state: 'expired', agree, expiresAt: null }
    return { state: decision.accepted ? 'accepted' : 'rejected', agree, expiresAt: endsAt }
  }
  if (expiresAt === null) return { state: 'expired', agree: 0, expiresAt: null }
  const isProven = agree >= AGREE_NEEDED && since.some(({ withinReach }) => withinReach === true)
  if (isProven || (state === 'shown' && dissent.length === 0)) return { state: 'shown', agree, expiresAt }
  return { state: dissent.length > 0 ? 'suspended' : 'pending', agree, expiresAt }
}

/** Riders of one network count as one, as long as they have no record of their own; so do all whose network is not known. */
function countIndependent(statements: readonly Statement[]): number {
  return new Set(
    statements.map(({ riderId, network, trusted }) =>
      trusted ? `rider ${riderId}` : network === null ? 'a network that is not known' : `network ${network}`,
    ),
  ).size
}
