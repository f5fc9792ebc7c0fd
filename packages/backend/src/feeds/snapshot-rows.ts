import type { RejectedRow, SnapshotRow } from '@kickstand/domain'
import type { FeedItems } from './feed-row.ts'
import { mapRow, type RowGrid } from './map-row.ts'
import type { Profile } from './profile-schema.ts'

/** What a reader gives, as zones. */
export async function* snapshotRows(
  items: FeedItems,
  profile: Profile,
  grid: RowGrid,
): AsyncGenerator<SnapshotRow, void, undefined> {
  for await (const item of items) {
    if (item.type === 'rejected') yield rejection(item.row, item.ref ?? null)
    else if (item.type === 'warning') yield { warning: item.row }
    else if (item.type === 'end') {
      yield { end: { complete: item.complete, note: item.note, coverage: item.coverage } }
    } else {
      const { where } = item.row
      const mapped = mapRow(item.row, profile, grid)
      if (mapped === null) continue
      if (mapped.zone === null) yield rejection({ where, reason: mapped.reason }, mapped.ref)
      else {
        for (const reason of mapped.warnings) yield { warning: { where, reason } }
        yield mapped.zone
      }
    }
  }
}

function rejection(rejected: RejectedRow, ref: string | null): SnapshotRow {
  return ref === null ? { rejected } : { rejected, ref }
}
