import {
  type IdentifiedRejection,
  joinMembers,
  type LngLat,
  runsOf,
  type SnapshotRow,
  type SourceZone,
  straightRuns,
} from '@kickstand/domain'
import type { Profile } from './profile-schema.ts'

/** A row with the group that it belongs to, and with where it would be if its latitude and longitude were swapped. */
export type MemberRow = SnapshotRow & { readonly group?: string; readonly mirror?: LngLat }

type Grouping = NonNullable<Profile['group']>

/** The group of spaces of which the source does not say where they belong: they are put together by where they lie. */
const UNNAMED = ''

/** Members by the name of their group, each reference once. */
export type Members = Map<string, Map<string, SourceZone>>

/**
 * Puts rows of single spaces together as zones: those of one group, or, with a `gap`, of one run in it. Its members are all that
 * is held of a file. Of a file that broke off a group may lack some, so that none is told: what was known of it stays.
 */
export async function* groupRows(
  rows: AsyncIterable<MemberRow>,
  grouping: Grouping,
): AsyncGenerator<SnapshotRow, void, undefined> {
  const groups: Members = new Map()
  for await (const row of rows) {
    if ('facts' in row) {
      const twice = addMember(groups, row)
      if (twice !== null) yield twice
    } else if ('end' in row) {
      for (const zone of groupZones(groups, grouping)) yield row.end.complete ? zone : notTold(zone)
      yield row
    } else if ('rejected' in row && row.group !== undefined) yield ofItsGroup(row, row.group, grouping)
    else yield row
  }
}

/** A space that cannot be read stands for the zone that it belongs to: the source still has that. */
function ofItsGroup({ rejected, ref }: IdentifiedRejection, group: string, { gap }: Grouping): SnapshotRow {
  return { rejected, ref: gap === undefined ? group : `${group}/${ref ?? ''}` }
}

export function addMember(groups: Members, { group, ref, facts }: MemberRow & SourceZone): SnapshotRow | null {
  const zone = { ref, facts }
  const name = group ?? UNNAMED
  const members = groups.get(name) ?? new Map<string, SourceZone>()
  if (members.has(zone.ref)) {
    return { rejected: { where: zone.ref, reason: 'its reference came before in this file; the first one counts' } }
  }
  members.set(zone.ref, zone)
  groups.set(name, members)
  return null
}

/** The groups as zones, in the order of their names, whatever order the rows came in. */
function* groupZones(groups: Members, grouping: Grouping): Generator<SourceZone> {
  for (const [ref, members] of runs(groups, grouping)) yield joinMembers(ref, members)
}

/** The zones that groups make, by the reference that each gets: a run is called after its group and its first member. */
export function* runs(groups: Members, { gap }: Grouping): Generator<[string, readonly SourceZone[]]> {
  const names = [...groups.keys()].toSorted()
  for (const name of names) {
    const members = [...(groups.get(name)?.values() ?? [])].toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    if (name === UNNAMED) yield* unnamedRuns(members, gap)
    else if (gap === undefined) yield [name, members]
    else for (const run of runsOf(members, gap)) yield [`${name}/${run[0]?.ref ?? ''}`, run]
  }
}

/** A run without a group is called after its first member, as that would be alone. */
function* unnamedRuns(members: readonly SourceZone[], gap: number | undefined): Generator<[string, SourceZone[]]> {
  for (const run of straightRuns(members)) {
    const sorted = run.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    const ref = sorted[0]?.ref ?? ''
    yield [gap === undefined ? ref : `${ref}/${ref}`, sorted]
  }
}

function notTold({ ref }: SourceZone): SnapshotRow {
  return { rejected: { where: ref, reason: 'the file broke off: some of its spaces may be missing' }, ref }
}
