import { DomainError } from '@kickstand/domain'
import type { Db, DbReader, DecisionsTable, RiderFactsTable } from '#db/schema.ts'
import { findFact, readVotes } from '../facts/fact-store.ts'
import { isSaidBy } from '../facts/rejudge.ts'
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
  readonly near: boolean | null
  readonly at: number
}

/** One thing that waits for a moderator, or was decided, with everything that speaks for or against it. */
export type ShownReview = {
  readonly id: string
  readonly zoneId: string
  readonly zone: string | null
  readonly state: string
  readonly fact: { readonly field: string; readonly value: unknown; readonly agree: number } | null
  readonly said: readonly Said[]
  readonly photo: { readonly width: number; readonly height: number; readonly duplicateOf: string | null } | null
  /** The photo's WebP bytes; null once rejected. */
  readonly image: Uint8Array | null
  readonly decisions: readonly DecisionsTable[]
}

export type Subject =
  | { readonly kind: 'fact'; readonly fact: RiderFactsTable }
  | { readonly kind: 'photo'; readonly photo: PhotoRow }

/** Finds what `fact:ID` or `photo:ID` names. Throws `review-not-found`. */
export async function findSubject(db: DbReader, id: string): Promise<Subject> {
  const [kind, name = ''] = id.split(':', 2)
  const fact = kind === 'fact' ? await findFact(db, name) : undefined
  if (fact !== undefined) return { kind: 'fact', fact }
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
  const zoneId = subject.kind === 'fact' ? subject.fact.zone_id : subject.photo.zone_id
  const shared = {
    id,
    zoneId,
    zone: (await readNames(db, [zoneId])).get(zoneId) ?? null,
    decisions: await readDecisionsOn(db, id),
  }
  if (subject.kind === 'photo') {
    const { id: photoId, state, width, height, duplicate_of } = subject.photo
    const photo = { width, height, duplicateOf: duplicate_of }
    return { ...shared, state, fact: null, said: [], photo, image: await readImage(db, photoId) }
  }
  const { fact } = subject
  const votes = (await readVotes(db, zoneId, fact.field)).filter(({ value }) => value !== null)
  const said = votes.map((vote, i) => ({
    rider: i + 1,
    riderId: vote.rider_id,
    network: vote.network,
    hasRecord: vote.record === null ? null : vote.record === 1,
    agrees: isSaidBy(fact, vote),
    value: parse(vote.value),
    note: vote.note,
    near: vote.near === null ? null : vote.near === 1,
    at: vote.last_at,
  }))
  const { field, agree, state } = fact
  return { ...shared, state, fact: { field, value: parse(fact.value), agree }, said, photo: null, image: null }
}

function parse(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
