import { allowsEntry } from './osm-access.ts'
import { joinConditionals } from './conditional.ts'
import type { OsmTags } from './osm-special.ts'
import { readCapacity } from './read-values.ts'

const SIDES = ['both', 'left', 'right'] as const
/** `separate`: the parking on this side is mapped as a separate object. */
const NO_PARKING = /^(?:no|separate)$/

/**
 * Converts a street's tags for motorcycle parking (`parking:both:motorcycle=designated`) to those of a parking object. Null if it has
 * none. Only sides that allow motorcycles or state spaces for them count. Values that differ between sides become `unknown`. Spaces
 * are added up if all sides state them.
 */
export function streetParking(tags: OsmTags): OsmTags | null {
  if (tags['highway'] === undefined) return null
  const sides = SIDES.map((side) => sideOf(tags, `parking:${side}`)).filter((side) => side !== null)
  const [first, ...others] = sides
  if (first === undefined) return null
  const name = tags['name'] === undefined ? {} : { name: tags['name'] }
  return { ...others.reduce(mergeSides, first), ...name, amenity: 'motorcycle_parking' }
}

/**
 * A side's tags without their prefix; null if it has no motorcycle parking. A restriction becomes `access=no`, which a tag for
 * motorcycles overrides. A timed restriction becomes `motorcycle:conditional`, so it also applies to designated spaces.
 */
function sideOf(tags: OsmTags, prefix: string): OsmTags | null {
  if (NO_PARKING.test(tags[prefix] ?? '')) return null
  const side: Record<string, string> = {}
  for (const [key, value] of Object.entries(tags)) {
    if (key.startsWith(`${prefix}:`)) side[key.slice(prefix.length + 1)] = value
  }
  const motorcycle = side['motorcycle'] ?? side['access:motorcycle']
  const ownSpaces = side['capacity:motorcycle']
  if (!allowsEntry(motorcycle) && (ownSpaces === undefined || /^(?:0|no)$/.test(ownSpaces))) return null
  const { capacity, restriction, 'restriction:conditional': at, ...others } = side
  const spaces = ownSpaces ?? (motorcycle === 'designated' ? capacity : undefined)
  const isForbidden = restriction !== undefined && restriction !== 'none' && others['access'] === undefined
  const conditional = joinConditionals([
    others['motorcycle:conditional'],
    at?.replaceAll(/[a-z_]+(?=\s*@)/g, restrictionAccess),
  ])
  return {
    ...others,
    parking: tags[prefix] ?? 'lane',
    ...(spaces === undefined ? {} : { 'capacity:motorcycle': spaces }),
    ...(isForbidden ? { access: 'no' } : {}),
    ...(conditional === null ? {} : { 'motorcycle:conditional': conditional }),
  }
}

/** The access value of a timed restriction: `no_parking`, `loading_only` and others forbid parking; `none` allows it. */
function restrictionAccess(word: string): string {
  return word === 'none' ? 'yes' : 'no'
}

function mergeSides(a: OsmTags, b: OsmTags): OsmTags {
  const both: Record<string, string> = {}
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [one, other] = [a[key], b[key]]
    if (one !== undefined && one === other) both[key] = one
    else if (key !== 'capacity:motorcycle') both[key] = 'unknown'
  }
  const [one, other] = [a, b].map((side) => readCapacity(side['capacity:motorcycle']).value)
  delete both['capacity:motorcycle']
  return typeof one === 'number' && typeof other === 'number'
    ? { ...both, 'capacity:motorcycle': String(one + other) }
    : both
}
