import {
  LIMIT_WINDOW_MS,
  findReachedLimit,
  isFact,
  isRemoval,
  isSameProposal,
  isSameValue,
  judgeFact,
  judgeRemoval,
  mergeProposals,
  type FactState,
  type FactToJudge,
  type Proposal,
  type RemovalStatement,
  type RemovalVerdict,
  type RiderValue,
  type Spot,
} from '@kickstand/domain'
import type { Append } from '#db/event-log.ts'
import type { FactVotesTable, RiderFactsTable, Tx } from '#db/schema.ts'
import { isListedByOthers, sayOfZone, sayPlace, type Word } from '#zones/say-of-zone.ts'
import { RIDERS_SOURCE } from '../riders-source.ts'
import { lastReportAt, readFacts, readVotes, readWitnesses, updateFact } from './fact-store.ts'
import { readRemovedSince } from './removal-store.ts'

/** A value as stored. It is written only by ourselves, after it was checked. */
export function decodeValue(text: string): RiderValue {
  return JSON.parse(text) as RiderValue
}

export function decodeProposal(text: string): Proposal {
  return JSON.parse(text) as Proposal
}

/** Whether a vote says what a fact says. */
export function isSaidBy(fact: RiderFactsTable, vote: FactVotesTable): boolean {
  if (vote.value === null) return false
  if (fact.field === 'exists') return isSameProposal(decodeProposal(fact.value), decodeProposal(vote.value))
  return isSameValue(decodeValue(fact.value), decodeValue(vote.value))
}

const IS_SHOWN: ReadonlySet<FactState> = new Set(['shown', 'accepted'])

/**
 * Judges all facts of one field of a zone anew, after something was said or decided of it or time has passed, and shows or hides them.
 * The events that boards follow go with it. `isProvenAnew`: what is shown stays so only if it would be shown today.
 */
export async function rejudge(
  tx: Tx,
  append: Append,
  zoneId: string,
  field: string,
  now: number,
  isProvenAnew = false,
): Promise<void> {
  const [facts, votes, witnesses] = await Promise.all([
    readFacts(tx, zoneId, field),
    readVotes(tx, zoneId, field),
    readWitnesses(tx, zoneId),
  ])
  const isListed = isRemoval(field) && (await isListedByOthers(tx, RIDERS_SOURCE, zoneId))
  let isOther = false
  for (const fact of facts) {
    if (fact.state === 'expired') continue
    const decision =
      fact.verdict === null ? null : { accepted: fact.verdict === 'accepted', at: fact.decided_at ?? now }
    const statements = votes.flatMap((vote) => toStatement(fact, vote, witnesses))
    const state = isProvenAnew && fact.state === 'shown' ? 'pending' : fact.state
    const judged = { state, decision, passes: field === 'blocked' }
    const next = isListed
      ? await judgeListed(tx, append, fact, judged, statements, now)
      : { ...judgeFact(judged, statements, now), dueAt: null }
    const isShown = IS_SHOWN.has(next.state)
    const since = isShown ? (IS_SHOWN.has(fact.state) ? fact.shown_at : now) : null
    await updateFact(tx, {
      id: fact.id,
      state: next.state,
      agree: next.agree,
      expires_at: next.expiresAt,
      shown_at: since,
      due_at: next.dueAt,
    })
    isOther ||= isShown !== IS_SHOWN.has(fact.state) || (isShown && next.expiresAt !== fact.expires_at)
    isOther ||= next.state !== fact.state && isShown
  }
  if (isOther) await show(tx, append, zoneId, field, now)
}

/** Judges the removal of a zone that a source lists, and holds it back where riders have taken away too many of late. */
async function judgeListed(
  tx: Tx,
  append: Append,
  fact: RiderFactsTable,
  judged: FactToJudge,
  statements: readonly RemovalStatement[],
  now: number,
): Promise<RemovalVerdict> {
  const { id, zone_id, lat, lng, held_at } = fact
  const seenAt = await lastReportAt(tx, zone_id)
  const next = judgeRemoval({ ...judged, isHeld: held_at !== null, seenAt }, statements, now)
  if (next.state !== 'shown' || fact.state === 'shown') return next
  const limit = findReachedLimit(await readRemovedSince(tx, now - LIMIT_WINDOW_MS, id), { lat, lng })
  if (limit !== null) {
    await updateFact(tx, { id, held_at: now })
    append({ type: 'removal', factId: id, zoneId: zone_id, outcome: 'held' })
    return { ...next, state: 'pending', dueAt: null }
  }
  await updateFact(tx, { id, removed_at: now })
  append({ type: 'removal', factId: id, zoneId: zone_id, outcome: 'removed' })
  return next
}

/** Judges these fields of a zone anew, all where none is named: after a decision. `isProvenAnew`: see `rejudge`. */
export async function rejudgeAround(
  tx: Tx,
  append: Append,
  zoneId: string,
  fields: readonly string[] | null,
  now: number,
  isProvenAnew = false,
): Promise<void> {
  const named = fields ?? new Set((await readFacts(tx, zoneId)).map(({ field }) => field))
  for (const field of named) await rejudge(tx, append, zoneId, field, now, isProvenAnew)
}

function toStatement(fact: RiderFactsTable, vote: FactVotesTable, witnesses: ReadonlySet<string>): RemovalStatement[] {
  if (vote.value === null) return []
  return [
    {
      riderId: vote.rider_id,
      agrees: isSaidBy(fact, vote),
      firstAt: vote.first_at,
      lastAt: vote.last_at,
      near: witnesses.has(vote.rider_id) ? true : vote.near === null ? null : vote.near === 1,
      network: vote.network,
      vouched: vote.vouched === 1,
      hasRecord: vote.record === 1,
    },
  ]
}

/** Puts what riders are believed of a zone among what its sources say. */
async function show(tx: Tx, append: Append, zoneId: string, field: string, now: number): Promise<void> {
  const facts = await readFacts(tx, zoneId)
  const shown = facts.filter(({ state }) => IS_SHOWN.has(state))
  let zoneIds: string[]
  if (field === 'exists') {
    zoneIds = []
    for (const fact of facts.filter((one) => one.field === 'exists')) {
      const place = IS_SHOWN.has(fact.state) ? await mergedPlace(tx, fact) : null
      zoneIds.push(...(await sayPlace(tx, RIDERS_SOURCE, fact.id, place, now)))
    }
  } else {
    zoneIds = await sayOfZone(tx, RIDERS_SOURCE, zoneId, toWord(shown.filter((one) => one.field !== 'exists')), now)
  }
  if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
  append({ type: 'sources' })
}

async function mergedPlace(tx: Tx, fact: RiderFactsTable) {
  const votes = (await readVotes(tx, fact.zone_id, 'exists')).filter((vote) => isSaidBy(fact, vote))
  const said = votes.flatMap(({ value }) => (value === null ? [] : [decodeProposal(value)]))
  const { lat, lng } = decodeProposal(fact.value)
  const merged = mergeProposals([said[0] ?? decodeProposal(fact.value), ...said.slice(1)])
  return { ...merged, lat, lng }
}

/**
 * Three riders on the spot weigh as much as whoever drew the map, and are newer; less than who runs the place. A moderator weighs as
 * much as that one, until that one says something new. What is decided later goes before.
 */
function toWord(shown: readonly RiderFactsTable[]): Word | null {
  if (shown.length === 0) return null
  const facts: Record<string, unknown> = {}
  const sinceOf: Record<string, number> = {}
  const trust: Record<string, 'official' | 'community'> = {}
  let notes: Word['notes'] = {}
  const inOrder = shown.toSorted(
    (a, b) => Number(a.state === 'accepted') - Number(b.state === 'accepted') || shownAt(a) - shownAt(b),
  )
  for (const fact of inOrder) {
    const value = decodeValue(fact.value)
    if (!isFact(fact.field, value)) continue
    if (fact.field === 'gone') notes = { ...notes, gone: true }
    else if (fact.field === 'blocked') notes = { ...notes, blockedUntil: fact.expires_at ?? 0 }
    else {
      if (isSpot(value)) Object.assign(facts, { lat: value.lat, lng: value.lng })
      else facts[fact.field] = value
      sinceOf[fact.field] = shownAt(fact)
      trust[fact.field] = fact.state === 'accepted' ? 'official' : 'community'
    }
  }
  return { facts, sinceOf, notes: Object.keys(trust).length > 0 ? { ...notes, trust } : notes }
}

function shownAt(fact: RiderFactsTable): number {
  return fact.decided_at ?? fact.shown_at ?? fact.created_at
}

function isSpot(value: RiderValue): value is Spot {
  return typeof value === 'object'
}
