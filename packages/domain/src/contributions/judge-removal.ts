import {
  MIN_AGREEING_RIDERS,
  judgeContribution,
  LIFETIME_MS,
  TEMPORARY_LIFETIME_MS,
  type ContributionToJudge,
  type ContributionVerdict,
  type Statement,
} from './judge-contribution.ts'

const DAY_MS = 24 * 60 * 60_000

/** How long three riders with a record must agree without dispute before a zone is removed. */
export const REMOVAL_WAIT_MS = DAY_MS

/** Fields of contributions that remove a zone from the map, or close it. */
const REMOVALS: ReadonlySet<string> = new Set(['gone', 'blocked'])

/** Whether a contribution of this field hides a zone from searches. */
export function isRemoval(field: string): boolean {
  return REMOVALS.has(field)
}

/** A statement, and whether its rider has a record (`hasRecord`). */
export type RemovalStatement = Statement & { readonly hasRecord: boolean }

export type RemovalToJudge = ContributionToJudge & {
  /** Whether a limit held it back. Then only a moderator decides. */
  readonly isHeld: boolean
  /** Time of the last report on how full the zone is, which shows that it exists; null for none. */
  readonly seenAt: number | null
}

export type RemovalVerdict = ContributionVerdict & {
  /** When it takes effect unless somebody disagrees before; null where it does not. */
  readonly dueAt: number | null
}

/**
 * Decides whether riders remove or close a zone that a source lists. This takes three riders with a record on three known networks,
 * one of them on the spot, and for a removal a day in which nobody disagrees or reports from there. Riders without a record do not
 * count, however many: their statements wait for a moderator. `agree` counts networks of riders with a record.
 */
export function judgeRemoval(
  { isHeld, seenAt, ...contribution }: RemovalToJudge,
  statements: readonly RemovalStatement[],
  now: number,
): RemovalVerdict {
  const plain = judgeContribution(contribution, statements, now)
  if (contribution.decision !== null || plain.state === 'expired') return { ...plain, dueAt: null }
  const life = contribution.isTemporary ? TEMPORARY_LIFETIME_MS : LIFETIME_MS
  const counted = statements.filter(({ lastAt, withinReach }) => withinReach !== false && now - lastAt < life)
  const disagreedAt = counted.filter(({ agrees }) => !agrees).map(({ firstAt }) => firstAt)
  const disputedAt = Math.max(seenAt ?? Number.NEGATIVE_INFINITY, ...disagreedAt)
  const agreeing = counted.filter(({ agrees, lastAt }) => agrees && lastAt > disputedAt)
  const supporters = agreeing.filter((one) => one.hasRecord && one.network !== null)
  const networks = Map.groupBy(supporters, ({ network }) => network)
  // A network agrees from the first of its riders who agreed after the last dispute.
  const since = [...networks.values()]
    .map((riders) => Math.min(...riders.map(({ firstAt, lastAt }) => (firstAt > disputedAt ? firstAt : lastAt))))
    .toSorted((a, b) => a - b)
  const isProven = since.length >= MIN_AGREEING_RIDERS && supporters.some(({ withinReach }) => withinReach === true)
  const agreedAt = since[MIN_AGREEING_RIDERS - 1]
  const dueAt =
    isProven && agreedAt !== undefined && !isHeld ? agreedAt + (contribution.isTemporary ? 0 : REMOVAL_WAIT_MS) : null
  const verdict = { agree: since.length, expiresAt: plain.expiresAt, dueAt }
  const isDisputed = disagreedAt.length > 0
  // A contribution that is shown stays shown while nobody disagrees.
  if (contribution.state === 'shown' && !isDisputed) return { ...verdict, state: 'shown' }
  if (dueAt !== null && now >= dueAt) return { ...verdict, state: 'shown' }
  return { ...verdict, state: isDisputed ? 'suspended' : 'pending' }
}
