import type { SourceZone } from '@kickstand/domain'
import type { MemberRow } from '#mapping/group-rows.ts'

/** Zones from which the centre of a source is computed. They are buffered meanwhile. */
const SAMPLE_SIZE = 50
/** Fewer zones than this have no reliable centre. */
const MIN_ZONES = 5
/**
 * A zone is rejected if it is further than this from the centre, in degrees, and its swapped position is within
 * `MIRROR_DEGREES` of it.
 */
const FAR_DEGREES = 5
const MIRROR_DEGREES = 1.5

type Centre = { readonly lat: number; readonly lng: number }

/**
 * Rejects zones whose latitude and longitude are in each other's column: far from the rest of their source, and near it
 * once swapped back. They are not corrected, because other values of such a row may be wrong too.
 */
export async function* withoutSwapped(rows: AsyncIterable<MemberRow>): AsyncGenerator<MemberRow, void, undefined> {
  const first: MemberRow[] = []
  let zones = 0
  let centre: Centre | null = null
  for await (const row of rows) {
    // Only zones and the end are buffered, since a file may have any number of other rows before its fiftieth zone.
    if (zones >= SAMPLE_SIZE || !('facts' in row || 'end' in row)) {
      yield checked(row, centre)
      continue
    }
    first.push(row)
    zones += 'facts' in row ? 1 : 0
    if (zones < SAMPLE_SIZE) continue
    centre = centreOf(first)
    for (const one of first.splice(0)) yield checked(one, centre)
  }
  centre ??= centreOf(first)
  for (const one of first) yield checked(one, centre)
}

function centreOf(rows: readonly MemberRow[]): Centre | null {
  const zones = rows.filter((row): row is MemberRow & SourceZone => 'facts' in row)
  if (zones.length < MIN_ZONES) return null
  return { lat: median(zones.map(({ facts }) => facts.lat)), lng: median(zones.map(({ facts }) => facts.lng)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function checked(row: MemberRow, centre: Centre | null): MemberRow {
  if (centre === null || !('facts' in row) || row.mirror === undefined) return row
  const { lat, lng } = row.facts
  const [mirrorLng, mirrorLat] = row.mirror
  if (degreesBetween(lat, lng, centre) < FAR_DEGREES || degreesBetween(mirrorLat, mirrorLng, centre) > MIRROR_DEGREES)
    return row
  const reason = `its position ${lat}, ${lng} is far from all others; latitude and longitude look swapped`
  const rejected = { where: row.ref, reason }
  return { rejected, ref: row.ref, ...(row.group === undefined ? {} : { group: row.group }) }
}

/** Distance in degrees: the larger of the two differences. */
function degreesBetween(lat: number, lng: number, centre: Centre): number {
  return Math.max(Math.abs(lat - centre.lat), Math.abs(lng - centre.lng))
}
