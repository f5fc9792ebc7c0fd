import type { ReadingRow, SourceReading } from '@kickstand/domain'
import { addMember, type MemberRow, type Members, zonesOfGroups } from '#mapping/group-rows.ts'
import type { Profile } from '#profiles/profile-schema.ts'

/** Maps each single space of a live response to its zone, by the positions in the response. */
export async function membersOf(
  rows: AsyncIterable<MemberRow>,
  grouping: NonNullable<Profile['group']>,
): Promise<ReadonlyMap<string, string>> {
  const groups: Members = new Map()
  for await (const row of rows) if ('facts' in row) addMember(groups, row)
  const zoneOf = new Map<string, string>()
  for (const [ref, members] of zonesOfGroups(groups, grouping))
    for (const member of members) zoneOf.set(member.ref, ref)
  return zoneOf
}

/**
 * Sums readings of single spaces into readings of their zones. If one space of a zone is unknown, the zone is unknown,
 * since the free spaces of the others are not those of the whole. A truncated response gives no sums.
 */
export async function* groupedReadings(
  rows: AsyncIterable<ReadingRow>,
  zoneOf: ReadonlyMap<string, string>,
): AsyncGenerator<ReadingRow, void, undefined> {
  const sums = new Map<string, SourceReading>()
  const seen = new Set<string>()
  for await (const row of rows) {
    if ('reading' in row) {
      const { reading } = row
      const ref = zoneOf.get(reading.ref)
      if (ref === undefined || seen.has(reading.ref)) continue
      seen.add(reading.ref)
      const sum = sums.get(ref)
      sums.set(ref, sum === undefined ? { ...reading, ref } : addReading(sum, reading))
    } else if ('end' in row) {
      if (row.end.complete) for (const reading of sums.values()) yield { reading }
      yield row
    } else yield row
  }
}

function addReading(sum: SourceReading, next: SourceReading): SourceReading {
  const isKnown = sum.value?.kind === 'free' && next.value?.kind === 'free'
  return {
    ...sum,
    value: isKnown ? { kind: 'free', count: sum.value.count + next.value.count } : null,
    capacity: sum.capacity === null || next.capacity === null ? null : sum.capacity + next.capacity,
    closed: sum.closed === next.closed ? sum.closed : null,
    at: sum.at === null || next.at === null ? null : Math.min(sum.at, next.at),
  }
}
