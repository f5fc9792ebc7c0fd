import { legacyIdFor } from '#platform/ids.ts'
import { legacyFields } from './legacy-fields.ts'
import type { LegacyRun } from './legacy-run.ts'

/** People are not taken. Those who reported something that was kept are riders now; the rest are nobody. */
export async function countUsers({ from, counts: { users: count }, users, id, onMapped }: LegacyRun): Promise<void> {
  for await (const row of from.rows('users')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const ref = legacyFields(row, count.used).text('id', 'uid', 'uuid', 'userid')
    if (ref === null) count.refuse(row.where, 'has no id')
    else if (!users.has(ref)) count.refuse(row.where, 'reported nothing that was kept')
    else {
      count.taken += 1
      onMapped({ table: 'users', legacyId: ref, id: legacyIdFor('rider', id, ref) })
    }
  }
}

/** Images stay where they are: where each lies is listed, with the report that it was of. */
export async function listImages({ from, counts: { images: count }, id, onMapped }: LegacyRun): Promise<void> {
  for await (const row of from.rows('images')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const fields = legacyFields(row, count.used)
    const path = fields.text('imageurl', 'imagepath', 'url', 'path', 'filename', 'filepath')
    const reportRef = fields.text('reportid', 'userreportid', 'report')
    if (path === null) count.refuse(row.where, 'says not where the image is')
    else {
      count.taken += 1
      const of = reportRef === null ? null : legacyIdFor('report', id, reportRef)
      onMapped({ table: 'images', legacyId: fields.text('id', 'uuid', 'imageid') ?? row.where, id: of, path })
    }
  }
}
