import type { FactCreatedBody, FactInput } from '@kickstand/contract'
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
import type { FactVotesTable, RiderFactsTable, Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { rowOfZone } from '#zones/show-zone.ts'
import { writeOnce, type WriteOnceDeps, type Writer, type Written } from '../write-once.ts'
import { toFactBody } from './fact-body.ts'
import { insertFact, putVote, readFacts, readVotes } from './fact-store.ts'
import { isSaidBy, rejudge } from './rejudge.ts'
import { readHistory } from './removal-store.ts'

export type StateFactDeps = WriteOnceDeps & { readonly board: Board; readonly newId: NewId }

type Input = FactInput
const DAY = 24 * 60 * 60_000
const WAITS: ReadonlySet<string> = new Set(['pending', 'suspended'])
/** What a moderator refused is not asked of him again so soon. */
const REFUSED_FOR = 90 * DAY

/**
 * Takes what a rider says of a zone: it is durable, and shown where it is enough. Throws `zone-not-found`, `not-for-riders`,
 * `invalid-request`, `idempotency-mismatch`.
 */
export async function stateFact(
  deps: StateFactDeps,
  writer: Writer,
  key: string | null,
  zone: string,
  input: Input,
): Promise<Written<FactCreatedBody>> {
  const { board, clock, newId } = deps
  const row = rowOfZone(board, zone)
  const place = { lat: board.lat(row), lng: board.lng(row) }
  const zoneId = board.id(row)
  const { field, answer } = input
  const note = readText(input.note ?? null)
  if ((answer === undefined) === (input.value === undefined)) {
    const message = 'needs either a value, or an answer without one (unsure, later)'
    throw new DomainError('invalid-request', `A fact ${message}.`, [{ pointer: '/value', message }])
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
  return writeOnce(deps, writer, key, payload, async (tx, append) => {
    const now = clock()
    const { fact, mine } = await voteFor(tx, vote, value, { id: newId(), place, now })
    if (value === null) return { fact: null }
    await rejudge(tx, append, zoneId, field, now)
    if (fact === null) return { fact: null }
    const judged = (await readFacts(tx, zoneId, field)).find(({ id }) => id === fact)
    if (judged !== undefined && isRemoval(field) && WAITS.has(judged.state)) {
      append({ type: 'removal', factId: judged.id, zoneId, outcome: 'waiting' })
    }
    return { fact: judged === undefined ? null : toFactBody(judged, mine) }
  })
}

/** Whether a rider can see the place from where he is; null where he does not say. */
export function nearness(
  position: FactInput['position'],
  { lat, lng }: { readonly lat: number; readonly lng: number },
): number | null {
  if (position === undefined) return null
  return Number(isWithinReach(distance(position.lat, position.lng, lat, lng), position.accuracy ?? 0))
}

export function voteBy({ board }: { board: Board }, { riderId, network }: Writer, now: number, near: number | null) {
  const vouched = Number(board.reporters.isVouched(riderId))
  return { rider_id: riderId, first_at: now, last_at: now, near, network, vouched, record: null, undone_at: null }
}

/** Writes down a rider's word, and the fact where he is the first to say it. Answers which fact it is for. */
async function voteFor(
  tx: Tx,
  vote: FactVotesTable,
  value: RiderValue | null,
  { id, place, now }: { id: string; place: { lat: number; lng: number }; now: number },
): Promise<{ fact: string | null; mine: FactVotesTable }> {
  const before = (await readVotes(tx, vote.zone_id, vote.field)).find(({ rider_id }) => rider_id === vote.rider_id)
  const facts = (await readFacts(tx, vote.zone_id, vote.field)).filter((fact) => isOpen(fact, now))
  const same = facts.find((fact) => isSaidBy(fact, vote))
  const isAgain = before !== undefined && (same === undefined ? before.value === vote.value : isSaidBy(same, before))
  const isOfRecord = isRemoval(vote.field) && value === true
  const record = isOfRecord ? Number(hasRecord(await readHistory(tx, vote.rider_id), now)) : null
  // Who has a record by now says it anew: what was said without one counts for nothing.
  const mine = { ...vote, record, ...(isAgain && before.record === record ? { first_at: before.first_at } : {}) }
  await putVote(tx, mine)
  if (same !== undefined || value === null || !isFact(vote.field, value)) return { fact: same?.id ?? null, mine }
  await insertFact(tx, newFact(id, mine, place, now))
  return { fact: id, mine }
}

export function newFact(
  id: string,
  { zone_id, field, value, rider_id }: FactVotesTable,
  { lat, lng }: { lat: number; lng: number },
  now: number,
): RiderFactsTable {
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

/** Whether a further word still counts for a fact; else it is a new one. */
function isOpen({ state, decided_at }: RiderFactsTable, now: number): boolean {
  if (state === 'rejected') return now - (decided_at ?? 0) < REFUSED_FOR
  return state !== 'expired'
}
