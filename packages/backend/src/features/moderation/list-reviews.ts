import { isRemoval, removalAlarms, type RemovalAlarm } from '@kickstand/domain'
import type { Db, Row } from '#db/schema.ts'
import {
  readRemovalAttempts,
  readContributionsById,
  readOpenContributions,
  readOpenPhotos,
  readShownContributions,
} from '#features/contributions/reviewed.ts'
import { readZoneNames } from '#features/zones/read-zones.ts'

/**
 * An item of the moderation queue, or a shown contribution. `id` is `contribution:ID` or `photo:ID` in every command.
 */
export type Review = {
  readonly id: string
  readonly zoneId: string
  readonly zone: string | null
  /** One-line summary. */
  readonly about: string
  readonly state: string
  /** Epoch milliseconds. */
  readonly since: number
}

/** Pending removals of zones near one place. `id`: `alarm:LAT,LNG`. */
export type ListedAlarm = RemovalAlarm & { readonly id: string }

/**
 * Undecided contributions and photos of riders, oldest first. All removals come before other items, without a limit.
 */
export async function listReviews({ db }: { db: Db }): Promise<Review[]> {
  const [open, photos, attempts] = await Promise.all([
    readOpenContributions(db),
    readOpenPhotos(db),
    readRemovalAttempts(db),
  ])
  const listed = new Set(open.map(({ id }) => id))
  // Beyond the result limit: an attacker must not hide a removal behind many other contributions.
  const more = attempts.map(({ contributionId }) => contributionId).filter((id) => !listed.has(id))
  const contributions = [...open, ...(await readContributionsById(db, more))]
  const names = await readZoneNames(
    db,
    [...contributions, ...photos].map(({ zone_id }) => zone_id),
  )
  const votesOf = new Map(attempts.map((attempt) => [attempt.contributionId, attempt.statements]))
  const ofContributions = contributions.map((contribution) => {
    const votes = votesOf.get(contribution.id) ?? []
    return { ...toReview(contribution, names, aboutOf(contribution, votes)), isRemoval: isRemoval(contribution.field) }
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

/** Shown contributions of riders, newest first. */
export async function listShown({ db }: { db: Db }): Promise<Review[]> {
  const contributions = await readShownContributions(db)
  const names = await readZoneNames(
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

/** All pending removals, grouped by place. */
export async function listAlarms({ db }: { db: Db }): Promise<ListedAlarm[]> {
  return removalAlarms(await readRemovalAttempts(db)).map((alarm) => {
    return { id: `alarm:${alarm.at.lat.toFixed(3)},${alarm.at.lng.toFixed(3)}`, ...alarm }
  })
}

function toReview(contribution: Row<'contributions'>, names: ReadonlyMap<string, string>, about: string): Review {
  return {
    id: `contribution:${contribution.id}`,
    zoneId: contribution.zone_id,
    zone: names.get(contribution.zone_id) ?? null,
    about,
    state: contribution.state,
    since: contribution.created_at,
  }
}

function aboutOf(contribution: Row<'contributions'>, votes: readonly { readonly hasRecord: boolean }[]): string {
  if (contribution.field === 'exists') return `missing zone ${contribution.value}, ${riders(contribution.agree)}`
  if (votes.length === 0) return `${contribution.field} is ${contribution.value}, ${riders(contribution.agree)}`
  const records = votes.filter(({ hasRecord }) => hasRecord).length
  const held = contribution.held_at === null ? '' : ', held back by a limit'
  return `${contribution.field} is ${contribution.value}, ${riders(votes.length)}, ${records} with a record${held}`
}

function riders(count: number): string {
  return count === 1 ? 'from 1 rider' : `from ${count} riders`
}
