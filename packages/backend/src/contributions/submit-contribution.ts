import type { ContributionCreatedBody, ContributionInput } from '@kickstand/contract'
import {
  checkRiderValue,
  distance,
  DomainError,
  hasRecord,
  isFact,
  isRemoval,
  isWithinReach,
  matchCell,
  readText,
  type RiderValue,
} from '@kickstand/domain'
import type { Board } from '#board/board.ts'
import type { ContributionVotesTable, ContributionsTable, Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { rowOfZone } from '#zones/show-zone.ts'
import { writeIdempotently, type IdempotentWriteDeps, type Writer, type Written } from '#moderation/idempotent-write.ts'
import { toContributionBody } from './contribution-body.ts'
import { insertContribution, putVote, readContributions, readVotes } from './contribution-store.ts'
import { isSaidBy, rejudge } from './rejudge.ts'
import { readHistory } from './removal-store.ts'

export type SubmitContributionDeps = IdempotentWriteDeps & { readonly board: Board; readonly newId: NewId }

type Input = ContributionInput
const DAY = 24 * 60 * 60_000
const WAITS: ReadonlySet<string> = new Set(['pending', 'suspended'])
/** What a moderator refused is not asked of him again so soon. */
const REFUSED_FOR = 90 * DAY

/**
 * Takes what a rider says of a zone: it is durable, and shown where it is enough. Throws `zone-not-found`, `not-for-riders`,
 * `invalid-request`, `idempotency-mismatch`.
 */
export async function submitContribution(
  deps: SubmitContributionDeps,
  writer: Writer,
  key: string | null,
  zone: string,
  input: Input,
): Promise<Written<ContributionCreatedBody>> {
  const { board, clock, newId } = deps
  const row = rowOfZone(board, zone)
  const place = { lat: board.lat(row), lng: board.lng(row) }
  const zoneId = board.id(row)
  const { field, answer } = input
  const note = readText(input.note ?? null)
  if ((answer === undefined) === (input.value === undefined)) {
    const message = 'needs either a value, or an answer without one (unsure, later)'
    throw new DomainError('invalid-request', `A contribution ${message}.`, [{ pointer: '/value', message }])
  }
  const value = answer === undefined ? checkRiderValue(field, input.value, place) : null
  const vote = {
    ...voteBy(deps, writer, clock(), nearness(input.position, place)),
    zone_id: zoneId,
    field: answer === undefined ? field : `${answer} ${field}`,
    value: value === null ? null : JSON.stringify(value),
    note,
  }
  const payload = JSON.stringify([zone, field, input.value, answer, note, input.position])
  return writeIdempotently(deps, writer, key, payload, async (tx, append) => {
    const now = clock()
    const { contribution, mine } = await voteFor(tx, vote, value, { id: newId(), place, now })
    if (value === null) return { contribution: null }
    await rejudge(tx, append, zoneId, field, now)
    if (contribution === null) return { contribution: null }
    const judged = (await readContributions(tx, zoneId, field)).find(({ id }) => id === contribution)
    if (judged !== undefined && isRemoval(field) && WAITS.has(judged.state)) {
      append({ type: 'removal', contributionId: judged.id, zoneId, outcome: 'waiting' })
    }
    return { contribution: judged === undefined ? null : toContributionBody(judged, mine) }
  })
}

/** Whether a rider can see the place from where he is; null where he does not say. */
export function nearness(
  position: ContributionInput['position'],
  { lat, lng }: { readonly lat: number; readonly lng: number },
): number | null {
  if (position === undefined) return null
  return Number(isWithinReach(distance(position.lat, position.lng, lat, lng), position.accuracy ?? 0))
}

export function voteBy(
  { board }: { board: Board },
  { riderId, network }: Writer,
  now: number,
  withinReach: number | null,
) {
  const trusted = Number(board.reporters.isTrusted(riderId))
  return {
    rider_id: riderId,
    first_at: now,
    last_at: now,
    within_reach: withinReach,
    network,
    trusted,
    record: null,
    undone_at: null,
  }
}

/** Writes down a rider's word, and the contribution where he is the first to say it. Answers which contribution it is for. */
async function voteFor(
  tx: Tx,
  vote: ContributionVotesTable,
  value: RiderValue | null,
  { id, place, now }: { id: string; place: { lat: number; lng: number }; now: number },
): Promise<{ contribution: string | null; mine: ContributionVotesTable }> {
  const before = (await readVotes(tx, vote.zone_id, vote.field)).find(({ rider_id }) => rider_id === vote.rider_id)
  const contributions = (await readContributions(tx, vote.zone_id, vote.field)).filter((contribution) =>
    isOpen(contribution, now),
  )
  const same = contributions.find((contribution) => isSaidBy(contribution, vote))
  const isAgain = before !== undefined && (same === undefined ? before.value === vote.value : isSaidBy(same, before))
  const isOfRecord = isRemoval(vote.field) && value === true
  const record = isOfRecord ? Number(hasRecord(await readHistory(tx, vote.rider_id), now)) : null
  // Who has a record by now says it anew: what was said without one counts for nothing.
  const mine = { ...vote, record, ...(isAgain && before.record === record ? { first_at: before.first_at } : {}) }
  await putVote(tx, mine)
  if (same !== undefined || value === null || !isFact(vote.field, value))
    return { contribution: same?.id ?? null, mine }
  await insertContribution(tx, newContribution(id, mine, place, now))
  return { contribution: id, mine }
}

export function newContribution(
  id: string,
  { zone_id, field, value, rider_id }: ContributionVotesTable,
  { lat, lng }: { lat: number; lng: number },
  now: number,
): ContributionsTable {
  return {
    id,
    zone_id,
    field,
    value: value ?? 'null',
    rider_id,
    lat,
    lng,
    cell: matchCell(lat, lng),
    state: 'pending',
    agree: 0,
    created_at: now,
    shown_at: null,
    expires_at: null,
    verdict: null,
    decided_at: null,
    reason: null,
    due_at: null,
    held_at: null,
    removed_at: null,
  }
}

/** Whether a further word still counts for a contribution; else it is a new one. */
function isOpen({ state, decided_at }: ContributionsTable, now: number): boolean {
  if (state === 'rejected') return now - (decided_at ?? 0) < REFUSED_FOR
  return state !== 'expired'
}
