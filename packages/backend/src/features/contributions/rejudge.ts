import {
  LIMIT_WINDOW_MS,
  findReachedLimit,
  isAffirmative,
  isRemoval,
  isSameProposal,
  isSameValue,
  judgeContribution,
  judgeRemoval,
  mergeProposals,
  type ContributionState,
  type ContributionToJudge,
  type Proposal,
  type RemovalStatement,
  type RemovalVerdict,
  type RiderValue,
  type Spot,
} from '@kickstand/domain'
import type { Append } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'
import { isListedByOthers, upsertClaim, upsertPlaceClaim, type SourceClaim } from '#features/zones/upsert-claim.ts'
import { RIDERS_SOURCE } from './riders-source.ts'
import { lastReportAt } from '#features/reports/read-reports.ts'
import { readContributions, readVotes, readWitnesses, updateContribution } from './contribution-store.ts'
import { readRemovedSince } from './removal-store.ts'

/** Parses a stored value. Values are checked before they are stored. */
export function decodeValue(text: string): RiderValue {
  return JSON.parse(text) as RiderValue
}

export function decodeProposal(text: string): Proposal {
  return JSON.parse(text) as Proposal
}

/** Whether a vote has the same value as a contribution. */
export function isVoteFor(contribution: ContributionsTable, vote: ContributionVotesTable): boolean {
  if (vote.value === null) return false
  if (contribution.field === 'exists')
    return isSameProposal(decodeProposal(contribution.value), decodeProposal(vote.value))
  return isSameValue(decodeValue(contribution.value), decodeValue(vote.value))
}

const IS_SHOWN: ReadonlySet<ContributionState> = new Set(['shown', 'accepted'])

/**
 * Judges all contributions to one field of a zone again, after a vote, a decision or the passing of time, and shows or
 * hides them. Appends the events that boards follow. `mustRequalify`: a shown contribution stays shown only if it would
 * be shown today.
 * @returns whether zones changed
 */
export async function rejudge(
  tx: Tx,
  append: Append,
  zoneId: string,
  field: string,
  now: number,
  mustRequalify = false,
): Promise<boolean> {
  const [contributions, votes, witnesses] = await Promise.all([
    readContributions(tx, zoneId, field),
    readVotes(tx, zoneId, field),
    readWitnesses(tx, zoneId),
  ])
  const isListed = isRemoval(field) && (await isListedByOthers(tx, RIDERS_SOURCE, zoneId))
  let hasChanged = false
  for (const contribution of contributions) {
    if (contribution.state === 'expired') continue
    const decision =
      contribution.verdict === null
        ? null
        : { accepted: contribution.verdict === 'accepted', at: contribution.decided_at ?? now }
    const statements = votes.flatMap((vote) => toStatement(contribution, vote, witnesses))
    const state = mustRequalify && contribution.state === 'shown' ? 'pending' : contribution.state
    const judged = { state, decision, isTemporary: field === 'blocked' }
    const next = isListed
      ? await judgeListed(tx, append, contribution, judged, statements, now)
      : { ...judgeContribution(judged, statements, now), dueAt: null }
    const isShown = IS_SHOWN.has(next.state)
    const since = isShown ? (IS_SHOWN.has(contribution.state) ? contribution.shown_at : now) : null
    await updateContribution(tx, {
      id: contribution.id,
      state: next.state,
      agree: next.agree,
      expires_at: next.expiresAt,
      shown_at: since,
      due_at: next.dueAt,
    })
    hasChanged ||=
      isShown !== IS_SHOWN.has(contribution.state) || (isShown && next.expiresAt !== contribution.expires_at)
    hasChanged ||= next.state !== contribution.state && isShown
  }
  return hasChanged && (await publish(tx, append, zoneId, field, now))
}

/** Judges the removal of a zone that a source lists, and holds it back where riders removed too many zones recently. */
async function judgeListed(
  tx: Tx,
  append: Append,
  contribution: ContributionsTable,
  judged: ContributionToJudge,
  statements: readonly RemovalStatement[],
  now: number,
): Promise<RemovalVerdict> {
  const { id, zone_id, lat, lng, held_at } = contribution
  const seenAt = await lastReportAt(tx, zone_id)
  const next = judgeRemoval({ ...judged, isHeld: held_at !== null, seenAt }, statements, now)
  if (next.state !== 'shown' || contribution.state === 'shown') return next
  const limit = findReachedLimit(await readRemovedSince(tx, now - LIMIT_WINDOW_MS, id), { lat, lng })
  if (limit !== null) {
    await updateContribution(tx, { id, held_at: now })
    append({ type: 'removal', contributionId: id, zoneId: zone_id, outcome: 'held' })
    return { ...next, state: 'pending', dueAt: null }
  }
  await updateContribution(tx, { id, removed_at: now })
  append({ type: 'removal', contributionId: id, zoneId: zone_id, outcome: 'removed' })
  return next
}

/** Judges these fields of a zone again, or all fields, after a decision. `mustRequalify`: see `rejudge`. */
export async function rejudgeAround(
  tx: Tx,
  append: Append,
  zoneId: string,
  fields: readonly string[] | null,
  now: number,
  mustRequalify = false,
): Promise<void> {
  const judged = fields ?? new Set((await readContributions(tx, zoneId)).map(({ field }) => field))
  for (const field of judged) await rejudge(tx, append, zoneId, field, now, mustRequalify)
}

function toStatement(
  contribution: ContributionsTable,
  vote: ContributionVotesTable,
  witnesses: ReadonlySet<string>,
): RemovalStatement[] {
  if (vote.value === null) return []
  return [
    {
      riderId: vote.rider_id,
      agrees: isVoteFor(contribution, vote),
      firstAt: vote.first_at,
      lastAt: vote.last_at,
      withinReach: witnesses.has(vote.rider_id) ? true : vote.within_reach === null ? null : vote.within_reach === 1,
      network: vote.network,
      trusted: vote.trusted === 1,
      hasRecord: vote.record === 1,
    },
  ]
}

/** Writes the shown contributions to a zone as the claim of the source `riders`. Returns whether zones changed. */
async function publish(tx: Tx, append: Append, zoneId: string, field: string, now: number): Promise<boolean> {
  const contributions = await readContributions(tx, zoneId)
  const shown = contributions.filter(({ state }) => IS_SHOWN.has(state))
  let zoneIds: string[]
  if (field === 'exists') {
    zoneIds = []
    for (const contribution of contributions.filter((one) => one.field === 'exists')) {
      const place = IS_SHOWN.has(contribution.state) ? await mergedPlace(tx, contribution) : null
      zoneIds.push(...(await upsertPlaceClaim(tx, RIDERS_SOURCE, contribution.id, place, now)))
    }
  } else {
    zoneIds = await upsertClaim(tx, RIDERS_SOURCE, zoneId, toClaim(shown.filter((one) => one.field !== 'exists')), now)
  }
  if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
  append({ type: 'sources' })
  return zoneIds.length > 0
}

async function mergedPlace(tx: Tx, contribution: ContributionsTable) {
  const votes = (await readVotes(tx, contribution.zone_id, 'exists')).filter((vote) => isVoteFor(contribution, vote))
  const proposals = votes.flatMap(({ value }) => (value === null ? [] : [decodeProposal(value)]))
  const { lat, lng } = decodeProposal(contribution.value)
  const merged = mergeProposals([proposals[0] ?? decodeProposal(contribution.value), ...proposals.slice(1)])
  return { ...merged, lat, lng }
}

/**
 * A contribution that riders agree on has the trust of a community source; one that a moderator accepted has the trust
 * of an official source, until an official source changes the field. Later decisions override earlier ones.
 */
function toClaim(shown: readonly ContributionsTable[]): SourceClaim | null {
  if (shown.length === 0) return null
  const facts: Record<string, unknown> = {}
  const sinceOf: Record<string, number> = {}
  const trust: Record<string, 'official' | 'community'> = {}
  let notes: SourceClaim['notes'] = {}
  const inOrder = shown.toSorted(
    (a, b) => Number(a.state === 'accepted') - Number(b.state === 'accepted') || shownAt(a) - shownAt(b),
  )
  for (const contribution of inOrder) {
    const value = decodeValue(contribution.value)
    if (!isAffirmative(contribution.field, value)) continue
    if (contribution.field === 'gone') notes = { ...notes, gone: true }
    else if (contribution.field === 'blocked') notes = { ...notes, blockedUntil: contribution.expires_at ?? 0 }
    else {
      if (isSpot(value)) Object.assign(facts, { lat: value.lat, lng: value.lng })
      else facts[contribution.field] = value
      sinceOf[contribution.field] = shownAt(contribution)
      trust[contribution.field] = contribution.state === 'accepted' ? 'official' : 'community'
    }
  }
  return { facts, sinceOf, notes: Object.keys(trust).length > 0 ? { ...notes, trust } : notes }
}

function shownAt(contribution: ContributionsTable): number {
  return contribution.decided_at ?? contribution.shown_at ?? contribution.created_at
}

function isSpot(value: RiderValue): value is Spot {
  return typeof value === 'object'
}
