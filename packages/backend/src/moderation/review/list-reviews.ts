import { isRemoval, removalAlarms, type RemovalAlarm } from '@kickstand/domain'
import type { Db, ContributionsTable } from '#db/schema.ts'
import { readRemovalAttempts } from '#contributions/removal-store.ts'
import {
  readContributionsById,
  readNames,
  readOpenContributions,
  readOpenPhotos,
  readShownContributions,
} from './review-store.ts'

/** One thing that waits for a moderator, or is shown. `id` names it in every command: `contribution:ID`, `photo:ID`. */
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

/** Riders' contributions and photos that nobody has decided, oldest first; those that would take a zone away before all others, and every one. */
export async function listReviews({ db }: { db: Db }): Promise<Review[]> {
  const [open, photos, attempts] = await Promise.all([
    readOpenContributions(db),
    readOpenPhotos(db),
    readRemovalAttempts(db),
  ])
  const listed = new Set(open.map(({ id }) => id))
  // However much else waits: nobody hides a removal behind a thousand other questions.
  const more = attempts.map(({ contributionId }) => contributionId).filter((id) => !listed.has(id))
  const contributions = [...open, ...(await readContributionsById(db, more))]
  const names = await readNames(
    db,
    [...contributions, ...photos].map(({ zone_id }) => zone_id),
  )
  const said = new Map(attempts.map((attempt) => [attempt.contributionId, attempt.says]))
  const ofContributions = contributions.map((contribution) => {
    const says = said.get(contribution.id) ?? []
    return { ...toReview(contribution, names, aboutOf(contribution, says)), isRemoval: isRemoval(contribution.field) }
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
  return [...ofContributions, ...ofPhotos]
    .toSorted((a, b) => Number(b.isRemoval) - Number(a.isRemoval) || a.since - b.since)
    .map(({ isRemoval: _first, ...review }) => review)
}

/** What riders have changed for all to see, the newest first. */
export async function listShown({ db }: { db: Db }): Promise<Review[]> {
  const contributions = await readShownContributions(db)
  const names = await readNames(
    db,
    contributions.map(({ zone_id }) => zone_id),
  )
  return contributions
    .map((contribution) => ({
      ...toReview(contribution, names, aboutOf(contribution, [])),
      since: contribution.shown_at ?? contribution.decided_at ?? contribution.created_at,
    }))
    .toSorted((a, b) => b.since - a.since)
}

/** Every attempt to take zones away that waits, gathered by place. */
export async function listAlarms({ db }: { db: Db }): Promise<ListedAlarm[]> {
  return removalAlarms(await readRemovalAttempts(db)).map((alarm) => {
    return { id: `alarm:${alarm.at.lat.toFixed(3)},${alarm.at.lng.toFixed(3)}`, ...alarm }
  })
}

function toReview(contribution: ContributionsTable, names: ReadonlyMap<string, string>, about: string): Review {
  return {
    id: `contribution:${contribution.id}`,
    zoneId: contribution.zone_id,
    zone: names.get(contribution.zone_id) ?? null,
    about,
    state: contribution.state,
    since: contribution.created_at,
  }
}

function aboutOf(contribution: ContributionsTable, says: readonly { readonly hasRecord: boolean }[]): string {
  if (contribution.field === 'exists')
    return `a place that is missing, ${contribution.value}, ${riders(contribution.agree)}`
  if (says.length === 0) return `${contribution.field} is ${contribution.value}, ${riders(contribution.agree)}`
  const records = says.filter(({ hasRecord }) => hasRecord).length
  const held = contribution.held_at === null ? '' : ', held back by a limit'
  return `${contribution.field} is ${contribution.value}, ${riders(says.length)}, ${records} with a record${held}`
}

function riders(count: number): string {
  return count === 1 ? 'says 1 rider' : `say ${count} riders`
}
