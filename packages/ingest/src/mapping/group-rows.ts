import {
  type IdentifiedRejection,
  joinMembers,
  type LngLat,
  runsOf,
  type SnapshotRow,
  type SourceZone,
  straightRuns,
} from '@kickstand/domain'
import type { Profile } from '#profiles/profile-schema.ts'

/** A row with its group, and with its position if latitude and longitude were swapped. */
export type MemberRow = SnapshotRow & { readonly group?: string; readonly mirror?: LngLat }

type Grouping = NonNullable<Profile['group']>

/** The group of spaces without a group in the source. They are clustered by position. */
const UNNAMED = ''

/** Members by group name, each reference once. */
export type Members = Map<string, Map<string, SourceZone>>

/**
 * Merges rows of single spaces into zones: one zone per group, or, with a `gap`, one per run of nearby spaces in it.
 * Only these members are held in memory. In a truncated file groups may be incomplete, so all are rejected, and the
 * known zones stay.
 */
export async function* groupRows(
  rows: AsyncIterable<MemberRow>,
  grouping: Grouping,
): AsyncGenerator<SnapshotRow, void, undefined> {
  const groups: Members = new Map()
  for await (const row of rows) {
    if ('facts' in row) {
      const duplicate = addMember(groups, row)
      if (duplicate !== null) yield duplicate
    } else if ('end' in row) {
      for (const zone of groupZones(groups, grouping)) yield row.end.complete ? zone : rejectionOfIncomplete(zone)
      yield row
    } else if ('rejected' in row && row.group !== undefined) yield rejectionOfGroup(row, row.group, grouping)
    else yield row
  }
}

/** An unreadable space counts as a rejected row of its zone, so that the zone is not taken as absent. */
function rejectionOfGroup({ rejected, ref }: IdentifiedRejection, group: string, { gap }: Grouping): SnapshotRow {
  return { rejected, ref: gap === undefined ? group : `${group}/${ref ?? ''}` }
}

/** Adds a row to its group. Returns a rejection where the group already has a row with this reference. */
export function addMember(groups: Members, { group, ref, facts }: MemberRow & SourceZone): SnapshotRow | null {
  const zone = { ref, facts }
  const name = group ?? UNNAMED
  const members = groups.get(name) ?? new Map<string, SourceZone>()
  if (members.has(zone.ref)) {
    return { rejected: { where: zone.ref, reason: 'its reference is already in this file; the first one counts' } }
  }
  members.set(zone.ref, zone)
  groups.set(name, members)
  return null
}

/** The groups as zones, ordered by name whatever the order of the rows. */
function* groupZones(groups: Members, grouping: Grouping): Generator<SourceZone> {
  for (const [ref, members] of zonesOfGroups(groups, grouping)) yield joinMembers(ref, members)
}

/** Pairs of a zone's reference and its members. A run is named after its group and its first member. */
export function* zonesOfGroups(groups: Members, { gap }: Grouping): Generator<[string, readonly SourceZone[]]> {
  const names = [...groups.keys()].toSorted()
  for (const name of names) {
    const members = [...(groups.get(name)?.values() ?? [])].toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    if (name === UNNAMED) yield* unnamedRuns(members, gap)
    else if (gap === undefined) yield [name, members]
    else for (const run of runsOf(members, gap)) yield [`${name}/${run[0]?.ref ?? ''}`, run]
  }
}

/** A run without a group is named after its first member, like a single space. */
function* unnamedRuns(members: readonly SourceZone[], gap: number | undefined): Generator<[string, SourceZone[]]> {
  for (const run of straightRuns(members)) {
    const sorted = run.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    const ref = sorted[0]?.ref ?? ''
    yield [gap === undefined ? ref : `${ref}/${ref}`, sorted]
  }
}

function rejectionOfIncomplete({ ref }: SourceZone): SnapshotRow {
  return { rejected: { where: ref, reason: 'the file is truncated: some of its spaces may be missing' }, ref }
}
