import { distance, type SourceZone } from '@kickstand/domain'
import type { MemberRow } from '#mapping/group-rows.ts'

/** Number of zones off the axes from which the centre of a source is computed. */
const SAMPLE_SIZE = 50
/**
 * Maximum number of rows buffered until the sample is complete. It bounds memory for a file whose zones are all on an
 * axis.
 */
const MAX_BUFFERED_ROWS = 1000
/** Metres from the source's other zones within which a place on the equator or the prime meridian is accepted. */
const MAX_AXIS_DISTANCE = 150_000

type Centre = { readonly lat: number; readonly lng: number }

/**
 * Rejects zones exactly on the equator or the prime meridian that are far from the source's other zones: the zero then
 * means "not known".
 */
export async function* withoutAxisPlaces(rows: AsyncIterable<MemberRow>): AsyncGenerator<MemberRow, void, undefined> {
  const first: MemberRow[] = []
  const sample: SourceZone[] = []
  let centre: Centre | null = null
  let isSampled = false
  for await (const row of rows) {
    if (isSampled) {
      yield checked(row, centre)
      continue
    }
    first.push(row)
    if ('facts' in row && !isOnAxis(row)) sample.push(row)
    if (sample.length < SAMPLE_SIZE && first.length < MAX_BUFFERED_ROWS) continue
    isSampled = true
    centre = centreOf(sample)
    for (const one of first.splice(0)) yield checked(one, centre)
  }
  centre ??= centreOf(sample)
  for (const one of first) yield checked(one, centre)
}

function isOnAxis({ facts: { lat, lng } }: SourceZone): boolean {
  return lat === 0 || lng === 0
}

function centreOf(zones: readonly SourceZone[]): Centre | null {
  if (zones.length === 0) return null
  return { lat: median(zones.map(({ facts }) => facts.lat)), lng: median(zones.map(({ facts }) => facts.lng)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function checked(row: MemberRow, centre: Centre | null): MemberRow {
  if (!('facts' in row) || !isOnAxis(row)) return row
  const { lat, lng } = row.facts
  if (centre !== null && distance(lat, lng, centre.lat, centre.lng) <= MAX_AXIS_DISTANCE) return row
  const axis = lat === 0 ? 'the equator' : 'the prime meridian'
  const reason = `its position ${lat}, ${lng} is exactly on ${axis}, and no other zone of the source is near; a zero may stand for "not known"`
  return {
    rejected: { where: row.ref, reason },
    ref: row.ref,
    ...(row.group === undefined ? {} : { group: row.group }),
  }
}
