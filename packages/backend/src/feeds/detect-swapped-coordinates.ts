import type { SourceZone } from '@kickstand/domain'
import type { MemberRow } from './group-rows.ts'

/** Zones looked at to know where a source is. Three agree on nothing, thousands would have to be held. */
const SAMPLE = 50
const FEWEST = 5
/** Degrees from the middle of the source at which a place is doubted, and within which its mirror image must then lie. */
const FAR = 5
const WITHIN_REACH = 1.5

type Middle = { readonly lat: number; readonly lng: number }

/**
 * Refuses zones whose latitude and longitude stand in each other's column: far from the rest of their source, and amid it when
 * they are swapped back. They are not moved there: what else is wrong in such a row nobody knows.
 */
export async function* withoutSwapped(rows: AsyncIterable<MemberRow>): AsyncGenerator<MemberRow, void, undefined> {
  const first: MemberRow[] = []
  let zones = 0
  let middle: Middle | null = null
  for await (const row of rows) {
    // Only zones are held, and the end, which comes after them: a file may have any number of other rows before its fiftieth zone.
    if (zones >= SAMPLE || !('facts' in row || 'end' in row)) {
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

function middleOf(rows: readonly MemberRow[]): Middle | null {
  const zones = rows.filter((row): row is MemberRow & SourceZone => 'facts' in row)
  if (zones.length < FEWEST) return null
  return { lat: median(zones.map(({ facts }) => facts.lat)), lng: median(zones.map(({ facts }) => facts.lng)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function checked(row: MemberRow, middle: Middle | null): MemberRow {
  if (middle === null || !('facts' in row) || row.mirror === undefined) return row
  const { lat, lng } = row.facts
  const [mirrorLng, mirrorLat] = row.mirror
  if (away(lat, lng, middle) < FAR || away(mirrorLat, mirrorLng, middle) > WITHIN_REACH) return row
  const reason = `its position ${lat}, ${lng} is far from all others; latitude and longitude look swapped`
  const rejected = { where: row.ref, reason }
  return { rejected, ref: row.ref, ...(row.group === undefined ? {} : { group: row.group }) }
}

/** Degrees in whichever direction is more. */
function away(lat: number, lng: number, middle: Middle): number {
  return Math.max(Math.abs(lat - middle.lat), Math.abs(lng - middle.lng))
}
