import { legacyIdFor } from '#platform/ids.ts'
import { predecessorFields } from './predecessor-fields.ts'
import type { PredecessorRun } from './predecessor-run.ts'

/** Counts the users. Personal data is not imported: users with imported reports become riders, others are left out. */
export async function countUsers({
  from,
  counts: { users: count },
  users,
  id,
  onMapped,
}: PredecessorRun): Promise<void> {
  for await (const row of from.rows('users')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const ref = predecessorFields(row, count.used).text('id', 'uid', 'uuid', 'userid')
    if (ref === null) count.reject(row.where, 'has no id')
    else if (!users.has(ref)) count.reject(row.where, 'has no imported reports')
    else {
      count.imported += 1
      onMapped({ table: 'users', legacyId: ref, id: legacyIdFor('rider', id, ref) })
    }
  }
}

/** Lists the path of each image and its report. Images are not copied. */
export async function listImages({ from, counts: { images: count }, id, onMapped }: PredecessorRun): Promise<void> {
  for await (const row of from.rows('images')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const fields = predecessorFields(row, count.used)
    const path = fields.text('imageurl', 'imagepath', 'url', 'path', 'filename', 'filepath')
    const reportRef = fields.text('reportid', 'userreportid', 'report')
    if (path === null) count.reject(row.where, 'has no path of the image')
    else {
      count.imported += 1
      const of = reportRef === null ? null : legacyIdFor('report', id, reportRef)
      onMapped({ table: 'images', legacyId: fields.text('id', 'uuid', 'imageid') ?? row.where, id: of, path })
    }
  }
}
