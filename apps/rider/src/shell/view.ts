import { parsePoint } from '#api/point.ts'
import { PLAN_FIELDS, type PlanSearch, type ViewSearch } from '#paths.ts'
import { parseFilters } from '#api/zone-filters.ts'
import { parseAhead } from './ahead.ts'

export type View = { readonly lat: number; readonly lng: number; readonly zoom: number }

const MAX_ZOOM = 20

/** The pattern of zone ids in the API. */
const ZONE_ID = /^[0-9a-z]{8,32}$/

/** The zone id of an address; null if it is invalid. */
export function parseZoneId(text: string | undefined): string | null {
  return text !== undefined && ZONE_ID.test(text) ? text : null
}

function inRange(value: unknown, low: number, high: number): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  return Number.isFinite(number) && number >= low && number <= high ? number : undefined
}

/** Validates each plan field of the address. `full` is a list of zone ids. */
const PLAN_CHECKS: { readonly [field in keyof PlanSearch]-?: (text: string) => unknown } = {
  to: parsePoint,
  from: parsePoint,
  full: (text) => text.split(',').every(parseZoneId),
  until: (text) => text === 'parked',
  parked: parseZoneId,
}

/** The valid fields of an address. Missing, unknown and out-of-range fields are dropped. */
export function parseViewSearch(search: Record<string, unknown>): ViewSearch {
  const lat = inRange(search['lat'], -90, 90)
  const lng = inRange(search['lng'], -180, 180)
  const z = inRange(search['z'], 0, MAX_ZOOM)
  const ahead = parseAhead(search['in'])
  return {
    ...(lat === undefined || lng === undefined ? {} : { lat, lng, ...(z === undefined ? {} : { z }) }),
    ...(ahead === 0 ? {} : { in: ahead }),
    ...parseFilters(search),
    ...Object.fromEntries(
      PLAN_FIELDS.flatMap((field) => {
        const text = search[field]
        return typeof text === 'string' && PLAN_CHECKS[field](text) ? [[field, text]] : []
      }),
    ),
  }
}

/**
 * Parses the query of the page's address (`?lat=…&covered=yes`). No other code reads it. A repeated field is dropped.
 */
export function parseAddress(text: string): ViewSearch {
  const given = new URLSearchParams(text)
  return parseViewSearch(Object.fromEntries([...given].filter(([name]) => given.getAll(name).length === 1)))
}

/** The inverse of `parseAddress`. */
export function writeAddress(search: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(search).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}

/**
 * A view rounded for the address: to about a hundred metres, so that a shared link does not reveal the rider's
 * position, and to a hundredth of a zoom level.
 */
export function viewToSearch(view: View): Required<Pick<ViewSearch, 'lat' | 'lng' | 'z'>> {
  return { lat: round(view.lat, 3), lng: round(view.lng, 3), z: round(view.zoom, 2) }
}

/** Whether two views look the same, so that the end of a flight does not count as a move by the rider. */
export function sameView(a: View, b: View): boolean {
  const tolerance = 24 / (256 * 2 ** b.zoom) // 24 of 256 pixels of a tile, as a share of the world
  const dLng = Math.abs(a.lng - b.lng) % 360
  return (
    Math.abs(a.lat - b.lat) / 180 < tolerance &&
    Math.min(dLng, 360 - dLng) / 360 < tolerance &&
    Math.abs(a.zoom - b.zoom) < 0.3
  )
}

/** A point as `lat,lng`, rounded for the address like a view. */
export function placeOf({ lat, lng }: { readonly lat: number; readonly lng: number }): string {
  return `${round(lat, 3)},${round(lng, 3)}`
}
