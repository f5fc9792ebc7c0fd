import { LEVELS, type ReadingRow } from '@kickstand/domain'
import type { FeedItems, FeedRow } from '#feed-row.ts'
import { fieldLookup, pick } from '#mapping/field-mapping.ts'
import { holdsAll, refOf } from '#mapping/map-row.ts'
import { asBoolean, asWord } from '#mapping/read-fact.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { readingRow } from '#standards/reading.ts'
import { readTime, timeRules, type FeedTime } from '#time/feed-time.ts'

/** Readings from rows whose fields the profile's `live` names. Its filter applies. */
export async function* liveRows(items: FeedItems, profile: Profile): AsyncGenerator<ReadingRow, void, undefined> {
  for await (const item of items) {
    if (item.type === 'row') yield liveRow(item.row, profile)
    else if (item.type === 'rejected')
      yield { rejected: item.row, ...(item.ref === undefined ? {} : { ref: item.ref }) }
    else if (item.type === 'left-out') yield { leftOut: item.row }
    else if (item.type === 'end') yield { end: { complete: item.complete, note: item.note } }
  }
}

function liveRow(row: FeedRow, profile: Profile): ReadingRow {
  const lookup = fieldLookup(row.fields, profile.names ?? 'exact')
  if (!holdsAll(profile.filter ?? [], lookup)) {
    return { leftOut: { where: row.where, reason: 'is excluded by the filter of the profile' } }
  }
  const { live = {} } = profile
  return readingRow(
    {
      ref: refOf(row, profile, lookup),
      free: pick(live.free, lookup),
      occupied: pick(live.occupied, lookup),
      available: asBoolean('available', pick(live.available, lookup)).value,
      level: asWord('level', pick(live.level, lookup), LEVELS).value,
      capacity: pick(live.capacity, lookup),
      closed: asBoolean('closed', pick(live.closed, lookup)).value,
      at: timeOf(profile, lookup),
      vehicle: live.vehicle ?? 'motorcycle',
    },
    row.where,
  )
}

/** If the profile names a time field, a row without a time is unreadable and does not count as now. */
function timeOf(profile: Profile, lookup: ReturnType<typeof fieldLookup>): FeedTime {
  const rule = profile.live?.at
  if (rule === undefined) return null
  return (
    readTime(pick(rule, lookup), timeRules(profile)) ?? {
      unreadable: 'it has no time, and the profile names a field for the time',
    }
  )
}
