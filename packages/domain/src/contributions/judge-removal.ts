import {
  AGREE_NEEDED,
  judgeContribution,
  LIFE_MS,
  PASSING_LIFE_MS,
  type ContributionToJudge,
  type ContributionVerdict,
  type Statement,
} from './judge-contribution.ts'

const DAY = 24 * 60 * 60_000

/** How long three riders with a record must agree, undisputed, before a zone leaves the map. */
export const REMOVAL_WAIT_MS = DAY

/** Contributions that take a zone from the map, or close it. */
const REMOVALS: ReadonlySet<string> = new Set(['gone', 'blocked'])

/** Whether a contribution takes a zone away from those who look for one. */
export function isRemoval(field: string): boolean {
  return REMOVALS.has(field)
}

/** What one rider says, with whether they have a record (`hasRecord`). */
export type RemovalStatement = Statement & { readonly hasRecord: boolean }

export type RemovalToJudge = ContributionToJudge & {
  /** A limit held it back: from then on only a moderator decides. */
  readonly isHeld: boolean
  /** When somebody last reported how full the zone is, which shows that it is there; null where nobody has. */
  readonly seenAt: number | null
}

export type RemovalVerdict = ContributionVerdict & {
  /** When it takes effect unless somebody says otherwise before; null where it does not. */
  readonly dueAt: number | null
}

/**
 * Judges whether riders take a zone away, or close it, that a source lists: three with a record, on as many known networks, one of
 * them on the spot; for a zone that is gone over a day in which nobody says otherwise or reports from there. Riders without a record
 * decide nothing here, however many: what they say waits for a moderator. `agree` counts networks of riders with a record.
 */
export function judgeRemoval(
  { isHeld, seenAt, ...contribution }: RemovalToJudge,
  statements: readonly RemovalStatement[],
  now: number,
): RemovalVerdict {
  const plain = judgeContribution(contribution, statements, now)
  if (contribution.decision !== null || plain.state === 'expired') return { ...plain, dueAt: null }
  const life = contribution.passes ? PASSING_LIFE_MS : LIFE_MS
  const heard = statements.filter(({ lastAt, withinReach }) => withinReach !== false && now - lastAt < life)
  const against = heard.filter(({ agrees }) => !agrees).map(({ firstAt }) => firstAt)
  const disputedAt = Math.max(seenAt ?? Number.NEGATIVE_INFINITY, ...against)
  const standing = heard.filter(({ agrees, lastAt }) => agrees && lastAt > disputedAt)
  const supporters = standing.filter((one) => one.hasRecord && one.network !== null)
  const networks = Map.groupBy(supporters, ({ network }) => network)
  // A network agrees since the first of its riders does, and has said so after whoever disputed it.
  const since = [...networks.values()]
    .map((riders) => Math.min(...riders.map(({ firstAt, lastAt }) => (firstAt > disputedAt ? firstAt : lastAt))))
    .toSorted((a, b) => a - b)
  const isProven = since.length >= AGREE_NEEDED && supporters.some(({ withinReach }) => withinReach === true)
  const agreedAt = since[AGREE_NEEDED - 1]
  const dueAt =
    isProven && agreedAt !== undefined && !isHeld ? agreedAt + (contribution.passes ? 0 : REMOVAL_WAIT_MS) : null
  const verdict = { agree: since.length, expiresAt: plain.expiresAt, dueAt }
  const isDisputed = against.length > 0
  // What is shown was let through once, and stays while nobody says otherwise.
  if (contribution.state === 'shown' && !isDisputed) return { ...verdict, state: 'shown' }
  if (dueAt !== null && now >= dueAt) return { ...verdict, state: 'shown' }
  return { ...verdict, state: isDisputed ? 'suspended' : 'pending' }
}
