import { isRemoval, removalAlarms, type RemovalAlarm } from '@kickstand/domain'
import type { Db, RiderFactsTable } from '#db/schema.ts'
import { readRemovalAttempts } from '../facts/removal-store.ts'
import { readFactsById, readNames, readOpenFacts, readOpenPhotos, readShownFacts } from './review-store.ts'

/** One thing that waits for a moderator, or is shown. `id` names it in every command: `fact:ID`, `photo:ID`. */
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

/** Attempts to take zones of one place away. `id`: `alarm:LAT,LNG`. */
export type ListedAlarm = RemovalAlarm & { readonly id: string }

/** Riders' facts and photos that nobody has decided, oldest first; those that would take a zone away before all others, and every one. */
export async function listReviews({ db }: { db: Db }): Promise<Review[]> {
  const [open, photos, attempts] = await Promise.all([readOpenFacts(db), readOpenPhotos(db), readRemovalAttempts(db)])
  const listed = new Set(open.map(({ id }) => id))
  // However much else waits: nobody hides a removal behind a thousand other questions.
  const more = attempts.map(({ factId }) => factId).filter((id) => !listed.has(id))
  const facts = [...open, ...(await readFactsById(db, more))]
  const names = await readNames(
    db,
    [...facts, ...photos].map(({ zone_id }) => zone_id),
  )
  const said = new Map(attempts.map((attempt) => [attempt.factId, attempt.says]))
  const ofFacts = facts.map((fact) => {
    const says = said.get(fact.id) ?? []
    return { ...toReview(fact, names, aboutOf(fact, says)), isRemoval: isRemoval(fact.field) }
  })
  const ofPhotos = photos.map((photo) => ({
    id: `photo:${photo.id}`,
    zoneId: photo.zone_id,
    zone: names.get(photo.zone_id) ?? null,
    about: `${photo.width} × ${photo.height}${photo.duplicate_of === null ? '' : `, looks like photo:${photo.duplicate_of}`}`,
    state: photo.state,
    since: photo.created_at,
    isRemoval: false,
  }))
  return [...ofFacts, ...ofPhotos]
    .toSorted((a, b) => Number(b.isRemoval) - Number(a.isRemoval) || a.since - b.since)
    .map(({ isRemoval: _first, ...review }) => review)
}

/** What riders have changed for all to see, the newest first. */
export async function listShown({ db }: { db: Db }): Promise<Review[]> {
  const facts = await readShownFacts(db)
  const names = await readNames(
    db,
    facts.map(({ zone_id }) => zone_id),
  )
  return facts
    .map((fact) => ({
      ...toReview(fact, names, aboutOf(fact, [])),
      since: fact.shown_at ?? fact.decided_at ?? fact.created_at,
    }))
    .toSorted((a, b) => b.since - a.since)
}

/** Every attempt to take zones away that waits, gathered by place. */
export async function listAlarms({ db }: { db: Db }): Promise<ListedAlarm[]> {
  return removalAlarms(await readRemovalAttempts(db)).map((alarm) => {
    return { id: `alarm:${alarm.at.lat.toFixed(3)},${alarm.at.lng.toFixed(3)}`, ...alarm }
  })
}

function toReview(fact: RiderFactsTable, names: ReadonlyMap<string, string>, about: string): Review {
  return {
    id: `fact:${fact.id}`,
    zoneId: fact.zone_id,
    zone: names.get(fact.zone_id) ?? null,
    about,
    state: fact.state,
    since: fact.created_at,
  }
}

function aboutOf(fact: RiderFactsTable, says: readonly { readonly hasRecord: boolean }[]): string {
  if (fact.field === 'exists') return `a place that is missing, ${fact.value}, ${riders(fact.agree)}`
  if (says.length === 0) return `${fact.field} is ${fact.value}, ${riders(fact.agree)}`
  const records = says.filter(({ hasRecord }) => hasRecord).length
  const held = fact.held_at === null ? '' : ', held back by a limit'
  return `${fact.field} is ${fact.value}, ${riders(says.length)}, ${records} with a record${held}`
}

function riders(count: number): string {
  return count === 1 ? 'says 1 rider' : `say ${count} riders`
}
