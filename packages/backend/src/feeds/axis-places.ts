import { distance, type SourceZone } from '@kickstand/domain'
import type { MemberRow } from './group-rows.ts'

/** Zones off the axes that are looked at to know where a source is. */
const SAMPLE = 50
/** Rows held back at most until there are so many: a file that lies on an axis as a whole must not fill the memory. */
const MAX_HELD = 1000
/** Metres from the source's other zones within which a place on the equator or the prime meridian is believed. */
const MAX_AXIS_DISTANCE = 150_000

type Middle = { readonly lat: number; readonly lng: number }

/**
 * Rejects zones that lie exactly on the equator or the prime meridian, where the source's other zones do not lie around there:
 * one of the two figures is a zero that stands for "not known".
 */
export async function* withoutAxisPlaces(rows: AsyncIterable<MemberRow>): AsyncGenerator<MemberRow, void, undefined> {
  const first: MemberRow[] = []
  const sample: SourceZone[] = []
  let middle: Middle | null = null
  let isSettled = false
  for await (const row of rows) {
    if (isSettled) {
      yield checked(row, middle)
      continue
    }
    first.push(row)
    if ('facts' in row && !isOnAxis(row)) sample.push(row)
    if (sample.length < SAMPLE && first.length < MAX_HELD) continue
    isSettled = true
    middle = middleOf(sample)
    for (const one of first.splice(0)) yield checked(one, middle)
  }
  middle ??= middleOf(sample)
  for (const one of first) yield checked(one, middle)
}

function isOnAxis({ facts: { lat, lng } }: SourceZone): boolean {
  return lat === 0 || lng === 0
}

function middleOf(zones: readonly SourceZone[]): Middle | null {
  if (zones.length === 0) return null
  return { lat: median(zones.map(({ facts }) => facts.lat)), lng: median(zones.map(({ facts }) => facts.lng)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function checked(row: MemberRow, middle: Middle | null): MemberRow {
  if (!('facts' in row) || !isOnAxis(row)) return row
  const { lat, lng } = row.facts
  if (middle !== null && distance(lat, lng, middle.lat, middle.lng) <= MAX_AXIS_DISTANCE) return row
  const axis = lat === 0 ? 'the equator' : 'the prime meridian'
  const reason = `its position ${lat}, ${lng} is exactly on ${axis}, and no other zone of the source is near; a zero may stand for "not known"`
  return {
    rejected: { where: row.ref, reason },
    ref: row.ref,
    ...(row.group === undefined ? {} : { group: row.group }),
  }
}
