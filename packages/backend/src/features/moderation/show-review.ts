import { DomainError } from '@kickstand/domain'
import type { Db, DbReader, Row } from '#db/schema.ts'
import type { DecisionsTable } from './tables.ts'
import { readZoneNames } from '#features/zones/read-zones.ts'
import { isVoteFor } from '#features/contributions/rejudge.ts'
import { findContribution, readVotes, findPhoto, readImage, type PhotoRow } from '#features/contributions/reviewed.ts'
import { readDecisionsOn } from './review-store.ts'

/** The vote of one rider. `riderId` and `network` are hashes; `review undo` accepts them. */
export type ShownVote = {
  readonly rider: number
  readonly riderId: string
  readonly network: string | null
  readonly hasRecord: boolean | null
  readonly agrees: boolean
  readonly value: unknown
  readonly note: string | null
  readonly withinReach: boolean | null
  readonly at: number
}

/** An item for a moderator, pending or decided, with all votes and decisions. */
export type ShownReview = {
  readonly id: string
  readonly zoneId: string
  readonly zone: string | null
  readonly state: string
  readonly contribution: { readonly field: string; readonly value: unknown; readonly agree: number } | null
  readonly votes: readonly ShownVote[]
  readonly photo: { readonly width: number; readonly height: number; readonly duplicateOf: string | null } | null
  /** The photo's WebP bytes; null once rejected. */
  readonly image: Uint8Array | null
  readonly decisions: readonly DecisionsTable[]
}

export type Subject =
  | { readonly kind: 'contribution'; readonly contribution: Row<'contributions'> }
  | { readonly kind: 'photo'; readonly photo: PhotoRow }

/** Finds a contribution or photo by `contribution:ID` or `photo:ID`. Throws `review-not-found`. */
export async function findSubject(db: DbReader, id: string): Promise<Subject> {
  const [kind, name = ''] = id.split(':', 2)
  const contribution = kind === 'contribution' ? await findContribution(db, name) : undefined
  if (contribution !== undefined) return { kind: 'contribution', contribution }
  const photo = kind === 'photo' ? await findPhoto(db, name) : undefined
  if (photo !== undefined) return { kind: 'photo', photo }
  throw new DomainError(
    'review-not-found',
    `There is no item ${id} to review. "npx kickstand review list" lists the ids.`,
  )
}

/** Throws `review-not-found`. */
export async function showReview({ db }: { db: Db }, id: string): Promise<ShownReview> {
  const subject = await findSubject(db, id)
  const zoneId = subject.kind === 'contribution' ? subject.contribution.zone_id : subject.photo.zone_id
  const shared = {
    id,
    zoneId,
    zone: (await readZoneNames(db, [zoneId])).get(zoneId) ?? null,
    decisions: await readDecisionsOn(db, id),
  }
  if (subject.kind === 'photo') {
    const { id: photoId, state, width, height, duplicate_of } = subject.photo
    const photo = { width, height, duplicateOf: duplicate_of }
    return { ...shared, state, contribution: null, votes: [], photo, image: await readImage(db, photoId) }
  }
  const { contribution } = subject
  const stored = (await readVotes(db, zoneId, contribution.field)).filter(({ value }) => value !== null)
  const votes = stored.map((vote, i) => ({
    rider: i + 1,
    riderId: vote.rider_id,
    network: vote.network,
    hasRecord: vote.record === null ? null : vote.record === 1,
    agrees: isVoteFor(contribution, vote),
    value: parse(vote.value),
    note: vote.note,
    withinReach: vote.within_reach === null ? null : vote.within_reach === 1,
    at: vote.last_at,
  }))
  const { field, agree, state } = contribution
  return {
    ...shared,
    state,
    contribution: { field, value: parse(contribution.value), agree },
    votes,
    photo: null,
    image: null,
  }
}

function parse(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
