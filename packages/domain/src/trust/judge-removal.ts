import {
  AGREE_NEEDED,
  judgeFact,
  LIFE_MS,
  PASSING_LIFE_MS,
  type FactToJudge,
  type FactVerdict,
  type Statement,
} from './judge-fact.ts'

const DAY = 24 * 60 * 60_000

/** How long three riders with a record must agree, undisputed, before a zone leaves the map. */
export const REMOVAL_WAIT_MS = DAY

/** Facts that take a zone from the map, or close it. */
const REMOVALS: ReadonlySet<string> = new Set(['gone', 'blocked'])

/** Whether a fact takes a zone away from those who look for one. */
export function isRemoval(field: string): boolean {
  return REMOVALS.has(field)
}

/** What one rider says, with whether they have a record (`hasRecord`). */
export type RemovalStatement = Statement & { readonly hasRecord: boolean }

export type RemovalToJudge = FactToJudge & {
  /** A limit held it back: from then on only a moderator decides. */
  readonly isHeld: boolean
  /** When somebody last reported how full the zone is, which shows that it is there; null where nobody has. */
  readonly seenAt: number | null
}

export type RemovalVerdict = FactVerdict & {
  /** When it takes effect unless somebody says otherwise before; null where it does not. */
  readonly dueAt: number | null
}

/**
 * Judges whether riders take a zone away, or close it, that a source lists: three with a record, on as many known networks, one of
 * them on the spot; for a zone that is gone over a day in which nobody says otherwise or reports from there. Riders without a record
 * decide nothing here, however many: what they say waits for a moderator. `agree` counts networks of riders with a record.
 */
export function judgeRemoval(
  { isHeld, seenAt, ...fact }: RemovalToJudge,
  statements: readonly RemovalStatement[],
  now: number,
): RemovalVerdict {
  const plain = judgeFact(fact, statements, now)
  if (fact.decision !== null || plain.state === 'expired') return { ...plain, dueAt: null }
  const life = fact.passes ? PASSING_LIFE_MS : LIFE_MS
  const heard = statements.filter(({ lastAt, near }) => near !== false && now - lastAt < life)
  const against = heard.filter(({ agrees }) => !agrees).map(({ firstAt }) => firstAt)
  const disputedAt = Math.max(seenAt ?? Number.NEGATIVE_INFINITY, ...against)
  const standing = heard.filter(({ agrees, lastAt }) => agrees && lastAt > disputedAt)
  const supporters = standing.filter((one) => one.hasRecord && one.network !== null)
  const networks = Map.groupBy(supporters, ({ network }) => network)
  // A network agrees since the first of its riders does, and has said so after whoever disputed it.
  const since = [...networks.values()]
    .map((riders) => Math.min(...riders.map(({ firstAt, lastAt }) => (firstAt > disputedAt ? firstAt : lastAt))))
    .toSorted((a, b) => a - b)
  const isProven = since.length >= AGREE_NEEDED && supporters.some(({ near }) => near === true)
  const agreedAt = since[AGREE_NEEDED - 1]
  const dueAt = isProven && agreedAt !== undefined && !isHeld ? agreedAt + (fact.passes ? 0 : REMOVAL_WAIT_MS) : null
  const verdict = { agree: since.length, expiresAt: plain.expiresAt, dueAt }
  const isDisputed = against.length > 0
  // What is shown was let through once, and stays while nobody says otherwise.
  if (fact.state === 'shown' && !isDisputed) return { ...verdict, state: 'shown' }
  if (dueAt !== null && now >= dueAt) return { ...verdict, state: 'shown' }
  return { ...verdict, state: isDisputed ? 'suspended' : 'pending' }
}
