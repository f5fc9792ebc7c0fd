import { whyNonexistent, type RejectedRow, type SnapshotRow } from '@kickstand/domain'
import { withoutAxisPlaces } from '#coordinates/axis-places.ts'
import { withoutSwapped } from '#coordinates/detect-swapped-coordinates.ts'
import type { FeedItem, FeedItems } from '#feed-row.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { textsOf } from '#values.ts'
import { groupRows, type MemberRow } from './group-rows.ts'
import { mapRow, type RowGrid } from './map-row.ts'

type Rejected = Extract<FeedItem, { type: 'rejected' }>

/** Converts a reader's items to zones: one per row, or one per group where the profile groups them. */
export async function* snapshotRows(
  items: FeedItems,
  profile: Profile,
  grid: RowGrid,
  at: number | null,
): AsyncGenerator<SnapshotRow, void, undefined> {
  const existing = profile.mapping === 'osm' && at !== null ? existingAt(items, at) : items
  const rows = mappedRows(existing, profile, grid)
  if (profile.group !== undefined) yield* groupRows(rows, profile.group)
  else for await (const row of rows) yield 'facts' in row ? { ref: row.ref, facts: row.facts } : row
}

/** Leaves out OSM objects that are permanently closed, or not yet open, at the time `at`. */
async function* existingAt(items: FeedItems, at: number): FeedItems {
  for await (const item of items) {
    const reason = item.type === 'row' ? whyNonexistent(textsOf(item.row.fields), at) : null
    if (item.type !== 'row' || reason === null) yield item
    else yield { type: 'left-out', row: { where: item.row.where, reason } }
  }
}

/**
 * Maps the rows, each with its group if it has one. Rejects zones with swapped coordinates or with a zero instead of an
 * unknown coordinate, except in OSM data.
 */
export function mappedRows(items: FeedItems, profile: Profile, grid: RowGrid): AsyncGenerator<MemberRow> {
  const rows = eachRow(items, profile, grid)
  // OSM's format defines the order of coordinates, so a source cannot swap them.
  return profile.mapping === 'osm' ? rows : withoutAxisPlaces(withoutSwapped(rows))
}

async function* eachRow(items: FeedItems, profile: Profile, grid: RowGrid): AsyncGenerator<MemberRow> {
  for await (const item of items) {
    if (item.type === 'rejected') yield unreadable(item, profile, grid)
    else if (item.type === 'warning') yield { warning: item.row }
    else if (item.type === 'left-out') yield { leftOut: item.row }
    else if (item.type === 'end') {
      yield { end: { complete: item.complete, note: item.note, coverage: item.coverage } }
    } else {
      const { where } = item.row
      const mapped = mapRow(item.row, profile, grid)
      if (mapped === null) continue
      const { group, mirror } = mapped
      if (mapped.zone === null) {
        yield { ...rejection({ where, reason: mapped.reason }, mapped.ref), ...(group === null ? {} : { group }) }
      } else {
        for (const reason of mapped.warnings) yield { warning: { where, reason } }
        yield { ...mapped.zone, mirror, ...(group === null ? {} : { group }) }
      }
    }
  }
}

/**
 * The rejection of an unreadable row. It includes the reference of the object where it is known: the stated reference,
 * or the one derived from position and name.
 */
function unreadable(item: Rejected, profile: Profile, grid: RowGrid): MemberRow {
  const { row, ref, remains, text } = item
  const mapped = remains === undefined || ref !== undefined ? null : mapRow(remains, profile, grid)
  const known = ref ?? mapped?.zone?.ref ?? (mapped?.zone === null ? mapped.ref : null)
  const group = mapped === null || mapped.group === null ? {} : { group: mapped.group }
  return { ...rejection(row, known ?? null), ...group, ...(text === undefined ? {} : { text }) }
}

function rejection(rejected: RejectedRow, ref: string | null): SnapshotRow {
  return ref === null ? { rejected } : { rejected, ref }
}
