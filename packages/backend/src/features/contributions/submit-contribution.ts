import type { ContributionCreatedBody, ContributionInput } from '@kickstand/contract'
import {
  checkRiderValue,
  distance,
  DomainError,
  hasRecord,
  isAffirmative,
  isRemoval,
  isWithinReach,
  matchCell,
  readText,
  type RiderValue,
} from '@kickstand/domain'
import { readHistory } from '#features/accounts/rider-records.ts'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import type { Tx } from '#db/schema.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'
import type { NewId } from '#platform/ids.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import type { Writer } from './writer.ts'
import type { ScopedKey } from '#http/idempotency/scoped-key.ts'
import {
  writeIdempotently,
  type Write,
  type IdempotentWriteDeps,
  type Written,
} from '#http/idempotency/write-idempotently.ts'
import { toContributionBody } from './contribution-body.ts'
import { insertContribution, upsertVote, readContributions, readVotes } from './contribution-store.ts'
import { isVoteFor, rejudge } from './rejudge.ts'

export type SubmitContributionDeps = IdempotentWriteDeps & {
  readonly board: ZoneReader & ZoneSearch & EstimateReader
  readonly newId: NewId
}

type Input = ContributionInput
const DAY = 24 * 60 * 60_000
const WAITS: ReadonlySet<string> = new Set(['pending', 'suspended'])
/** For this time after a rejection, votes for the same value do not open a new contribution. */
const REJECTION_HOLDS_MS = 90 * DAY

/**
 * Stores a rider's contribution to a zone durably, and shows it once it qualifies. Throws `zone-not-found`,
 * `not-for-riders`, `invalid-request`, `idempotency-mismatch`.
 */
export async function submitContribution(
  deps: SubmitContributionDeps,
  writer: Writer,
  key: ScopedKey | null,
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
    const message = 'needs either a value or an answer (unsure, later), not both'
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
  const work: Write<ContributionCreatedBody>['work'] = async (tx, append) => {
    const now = clock()
    const { contribution, mine } = await storeVote(tx, vote, value, { id: newId(), place, now })
    if (value === null) return { contribution: null }
    await rejudge(tx, append, zoneId, field, now)
    if (contribution === null) return { contribution: null }
    const judged = (await readContributions(tx, zoneId, field)).find(({ id }) => id === contribution)
    if (judged !== undefined && isRemoval(field) && WAITS.has(judged.state)) {
      append({ type: 'removal', contributionId: judged.id, zoneId, outcome: 'waiting' })
    }
    return { contribution: judged === undefined ? null : toContributionBody(judged, mine) }
  }
  return writeIdempotently(deps, { key, payload, work })
}

/** 1 where the rider's position is within reach of the zone, 0 where it is not, null without a position. */
export function nearness(
  position: ContributionInput['position'],
  { lat, lng }: { readonly lat: number; readonly lng: number },
): number | null {
  if (position === undefined) return null
  return Number(isWithinReach(distance(position.lat, position.lng, lat, lng), position.accuracy ?? 0))
}

/** What a vote records of the person who gives it. `now`: epoch milliseconds. `withinReach`: see `nearness`. */
export function voteBy(
  { board }: { board: ZoneReader & EstimateReader },
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

/** Stores a vote, and the contribution where it is the first vote for its value. Returns the id of the contribution. */
async function storeVote(
  tx: Tx,
  vote: ContributionVotesTable,
  value: RiderValue | null,
  { id, place, now }: { id: string; place: { lat: number; lng: number }; now: number },
): Promise<{ contribution: string | null; mine: ContributionVotesTable }> {
  const before = (await readVotes(tx, vote.zone_id, vote.field)).find(({ rider_id }) => rider_id === vote.rider_id)
  const contributions = (await readContributions(tx, vote.zone_id, vote.field)).filter((contribution) =>
    isOpen(contribution, now),
  )
  const same = contributions.find((contribution) => isVoteFor(contribution, vote))
  const isRepeated =
    before !== undefined && (same === undefined ? before.value === vote.value : isVoteFor(same, before))
  const needsRecord = isRemoval(vote.field) && value === true
  const record = needsRecord ? Number(hasRecord(await readHistory(tx, vote.rider_id), now)) : null
  // A rider who has gained a record since counts as voting for the first time: the vote without a record has no weight.
  const mine = { ...vote, record, ...(isRepeated && before.record === record ? { first_at: before.first_at } : {}) }
  await upsertVote(tx, mine)
  if (same !== undefined || value === null || !isAffirmative(vote.field, value))
    return { contribution: same?.id ?? null, mine }
  await insertContribution(tx, newContribution(id, mine, place, now))
  return { contribution: id, mine }
}

/** The row of a contribution that this vote begins. `now`: epoch milliseconds. */
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

/** Whether further votes count for this contribution; otherwise they open a new one. */
function isOpen({ state, decided_at }: ContributionsTable, now: number): boolean {
  if (state === 'rejected') return now - (decided_at ?? 0) < REJECTION_HOLDS_MS
  return state !== 'expired'
}
