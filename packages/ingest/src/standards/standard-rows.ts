import { everyVehicle, mapFields, type ReadingRow } from '@kickstand/domain'
import type { FeedItem, FeedItems, FeedRow } from '#feed-row.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import type { FeedTime } from '#time/feed-time.ts'
import type { Fields } from '#values.ts'
import type { Answer, Standard, Supply } from './standard.ts'

/** A record of a standard's response, or, last, how it ended. */
export type RecordPiece<Row> =
  | { readonly record: Row; readonly where: string }
  | { readonly rejected: { readonly where: string; readonly reason: string } }
  /** The time of the response, where it states one before its records. */
  | { readonly at: FeedTime }
  | { readonly end: FeedItem }

export type Records<Row> = AsyncGenerator<RecordPiece<Row>, void, undefined>

/**
 * The facts that a standard may give, all unknown. They hide fields of a record with the same names and other meanings.
 */
const UNKNOWN_FIELDS: Fields = { lat: null, lng: null, ...mapFields(() => null) }

/** A profile for rows of `standardItems`: each fact has a field of its own name, unless the profile names another. */
export function withOwnFields(profile: Profile): Profile {
  const own = Object.fromEntries(Object.keys(UNKNOWN_FIELDS).map((name) => [name, name]))
  return { ...profile, fields: { ...own, ...profile.fields } }
}

/** Rows of zones from a standard's records. */
export async function* standardItems<Row extends object>(
  standard: Standard<Row>,
  records: Records<Row>,
  profile: Profile,
): FeedItems {
  for await (const piece of records) {
    if ('end' in piece) yield piece.end
    else if ('rejected' in piece) yield { type: 'rejected', row: piece.rejected }
    else if ('record' in piece) {
      const supplies = standard.zones(piece.record, profile)
      const where = standard.where(piece.record) ?? piece.where
      if (supplies.length === 0) yield { type: 'left-out', row: { where, reason: NO_SPACES } }
      for (const supply of supplies) {
        const { ref, unreadable } = supply
        if (unreadable === undefined) yield { type: 'row', row: rowOf(piece.record, supply, piece.where) }
        else yield { type: 'rejected', row: { where, reason: unreadable }, ...(ref === null ? {} : { ref }) }
      }
    }
  }
}

const NO_SPACES = 'has no motorcycle spaces'

function rowOf(record: object, supply: Supply, where: string): FeedRow {
  const { ref, geometry, vehicles, ...facts } = supply
  return {
    where: ref ?? where,
    id: ref,
    fields: { ...record, ...UNKNOWN_FIELDS, ...facts },
    geometry: geometry ?? null,
    vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes', ...vehicles },
  }
}

/** Readings from a standard's records. */
export async function* standardReadings<Row>(
  standard: Standard<Row>,
  records: Records<Row>,
  profile: Profile,
): AsyncGenerator<ReadingRow, void, undefined> {
  let answer: Answer = { profile, at: null }
  for await (const piece of records) {
    if ('end' in piece) {
      if (piece.end.type === 'end') yield { end: { complete: piece.end.complete, note: piece.end.note } }
    } else if ('rejected' in piece) yield { rejected: piece.rejected }
    else if ('at' in piece) answer = { profile, at: piece.at }
    else {
      const rows = standard.readings(piece.record, answer)
      const where = standard.where(piece.record) ?? piece.where
      if (rows.length === 0) yield { leftOut: { where, reason: NO_SPACES } }
      yield* rows
    }
  }
}
