import { type Area, DomainError, type SourceInfo, splitAtAntimeridian } from '@kickstand/domain'
import type { SnapshotDate } from './snapshot-date-store.ts'

/** Throws `snapshot-rejected` where a file is older, by its stated date, than an imported file of the same area. */
export function rejectOlder(
  source: SourceInfo,
  documentDate: number | null,
  area: Area | null,
  imported: readonly SnapshotDate[],
): void {
  if (documentDate === null) return
  const newer = imported.filter((one) => (one.documentDate ?? 0) > documentDate && overlaps(one.area, area))
  const last = Math.max(...newer.map((one) => one.documentDate ?? 0))
  if (newer.length === 0) return
  throw new DomainError(
    'snapshot-rejected',
    `The file was rejected and nothing was changed: it is of ${dateText(documentDate)}, and "${source.id}" was last imported from a file of ${dateText(last)}. To take the older one, import it with --allow-older.`,
  )
}

/** "2026-11-01 21:20 UTC". */
function dateText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function overlaps(a: Area | null, b: Area | null): boolean {
  if (a === null || b === null) return true
  return splitAtAntimeridian(a).some((one) => splitAtAntimeridian(b).some((other) => meet(one, other)))
}

function meet(a: Area, b: Area): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
}
