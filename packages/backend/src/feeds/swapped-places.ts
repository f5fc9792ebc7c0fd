import type { SnapshotRow, SourceZone } from '@kickstand/domain'

/** Zones looked at to know where a source is. Three agree on nothing, thousands would have to be held. */
const SAMPLE = 50
const FEWEST = 5
/** Degrees from the middle of the source at which a place is doubted, and within which its mirror image must then lie. */
const FAR = 5
const NEAR = 1.5

type Middle = { readonly lat: number; readonly lng: number }

/**
 * Refuses zones whose latitude and longitude stand in each other's column: far from the rest of their source, and amid it when
 * they are swapped back. They are not moved there: what else is wrong in such a row nobody knows.
 */
export async function* withoutSwapped<Row extends SnapshotRow>(
  rows: AsyncIterable<Row>,
): AsyncGenerator<Row | SnapshotRow, void, undefined> {
  const first: Row[] = []
  let zones = 0
  let middle: Middle | null = null
  for await (const row of rows) {
    if (zones >= SAMPLE) {
      yield checked(row, middle)
      continue
    }
    first.push(row)
    zones += 'facts' in row ? 1 : 0
    if (zones < SAMPLE) continue
    middle = middleOf(first)
    for (const one of first.splice(0)) yield checked(one, middle)
  }
  middle ??= middleOf(first)
  for (const one of first) yield checked(one, middle)
}

function middleOf(rows: readonly SnapshotRow[]): Middle | null {
  const zones = rows.filter((row): row is SourceZone => 'facts' in row)
  if (zones.length < FEWEST) return null
  return { lat: median(zones.map(({ facts }) => facts.lat)), lng: median(zones.map(({ facts }) => facts.lng)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function checked<Row extends SnapshotRow>(row: Row, middle: Middle | null): Row | SnapshotRow {
  if (middle === null || !('facts' in row)) return row
  const { lat, lng } = row.facts
  const here = Math.max(Math.abs(lat - middle.lat), Math.abs(lng - middle.lng))
  const mirrored = Math.max(Math.abs(lng - middle.lat), Math.abs(lat - middle.lng))
  if (here < FAR || mirrored > NEAR) return row
  const reason = `its position ${lat}, ${lng} is far from all others; latitude and longitude look swapped`
  return { rejected: { where: row.ref, reason }, ref: row.ref }
}
