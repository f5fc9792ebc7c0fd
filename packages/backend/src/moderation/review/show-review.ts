import { DomainError } from '@kickstand/domain'
import type { Db, DbReader, DecisionsTable, ContributionsTable } from '#db/schema.ts'
import { findContribution, readVotes } from '#contributions/contribution-store.ts'
import { isSaidBy } from '#contributions/rejudge.ts'
import { findPhoto, readImage, type PhotoRow } from '../photos/photo-store.ts'
import { readDecisionsOn, readNames } from './review-store.ts'

/** What one rider said. `riderId` and `network` are what `review undo` takes: hashes, not names. */
export type Said = {
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

/** One thing that waits for a moderator, or was decided, with everything that speaks for or against it. */
export type ShownReview = {
  readonly id: string
  readonly zoneId: string
  readonly zone: string | null
  readonly state: string
  readonly contribution: { readonly field: string; readonly value: unknown; readonly agree: number } | null
  readonly said: readonly Said[]
  readonly photo: { readonly width: number; readonly height: number; readonly duplicateOf: string | null } | null
  /** The photo's WebP bytes; null once rejected. */
  readonly image: Uint8Array | null
  readonly decisions: readonly DecisionsTable[]
}

export type Subject =
  | { readonly kind: 'contribution'; readonly contribution: ContributionsTable }
  | { readonly kind: 'photo'; readonly photo: PhotoRow }

/** Finds what `contribution:ID` or `photo:ID` names. Throws `review-not-found`. */
export async function findSubject(db: DbReader, id: string): Promise<Subject> {
  const [kind, name = ''] = id.split(':', 2)
  const contribution = kind === 'contribution' ? await findContribution(db, name) : undefined
  if (contribution !== undefined) return { kind: 'contribution', contribution }
  const photo = kind === 'photo' ? await findPhoto(db, name) : undefined
  if (photo !== undefined) return { kind: 'photo', photo }
  throw new DomainError(
    'review-not-found',
    `There is nothing called ${id}. npx kickstand review list names what there is.`,
  )
}

/** Throws `review-not-found`. */
export async function showReview({ db }: { db: Db }, id: string): Promise<ShownReview> {
  const subject = await findSubject(db, id)
  const zoneId = subject.kind === 'contribution' ? subject.contribution.zone_id : subject.photo.zone_id
  const shared = {
    id,
    zoneId,
    zone: (await readNames(db, [zoneId])).get(zoneId) ?? null,
    decisions: await readDecisionsOn(db, id),
  }
  if (subject.kind === 'photo') {
    const { id: photoId, state, width, height, duplicate_of } = subject.photo
    const photo = { width, height, duplicateOf: duplicate_of }
    return { ...shared, state, contribution: null, said: [], photo, image: await readImage(db, photoId) }
  }
  const { contribution } = subject
  const votes = (await readVotes(db, zoneId, contribution.field)).filter(({ value }) => value !== null)
  const said = votes.map((vote, i) => ({
    rider: i + 1,
    riderId: vote.rider_id,
    network: vote.network,
    hasRecord: vote.record === null ? null : vote.record === 1,
    agrees: isSaidBy(contribution, vote),
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
    said,
    photo: null,
    image: null,
  }
}

function parse(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
