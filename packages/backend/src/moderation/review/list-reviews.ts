import type { Db } from '#db/schema.ts'
import { readNames, readOpenFacts, readOpenPhotos } from './review-store.ts'

/** One thing that waits for a moderator. `id` names it in every command: `fact:ID`, `photo:ID`. */
export type Review = {
  readonly id: string
  readonly zoneId: string
  readonly zone: string | null
  /** What it is about, in a line. */
  readonly about: string
  readonly state: string
  /** Epoch milliseconds. */
  readonly since: number
}

/** Riders' facts and photos that nobody has decided, oldest first. */
export async function listReviews({ db }: { db: Db }): Promise<Review[]> {
  const [facts, photos] = await Promise.all([readOpenFacts(db), readOpenPhotos(db)])
  const names = await readNames(
    db,
    [...facts, ...photos].map(({ zone_id }) => zone_id),
  )
  const ofFacts = facts.map((fact) => ({
    id: `fact:${fact.id}`,
    zoneId: fact.zone_id,
    zone: names.get(fact.zone_id) ?? null,
    about:
      fact.field === 'exists'
        ? `a place that is missing, ${fact.value}, ${riders(fact.agree)}`
        : `${fact.field} is ${fact.value}, ${riders(fact.agree)}`,
    state: fact.state,
    since: fact.created_at,
  }))
  const ofPhotos = photos.map((photo) => ({
    id: `photo:${photo.id}`,
    zoneId: photo.zone_id,
    zone: names.get(photo.zone_id) ?? null,
    about: `${photo.width} × ${photo.height}${photo.duplicate_of === null ? '' : `, looks like photo:${photo.duplicate_of}`}`,
    state: photo.state,
    since: photo.created_at,
  }))
  return [...ofFacts, ...ofPhotos].toSorted((a, b) => a.since - b.since)
}

function riders(count: number): string {
  return count === 1 ? 'says 1 rider' : `say ${count} riders`
}
