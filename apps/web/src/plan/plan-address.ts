import type { Point } from '../api/client.ts'
import { PLAN_FIELDS, type ViewSearch } from '../paths.ts'

/** Zones seen full that an address keeps: more were no plan any more. */
const MOST_FULL = 20

/** A point of an address, `37.7838,-122.4035`; null where it is none. */
export function parsePoint(text: string | undefined): Point | null {
  const [lat, lng, rest] = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (lat === undefined || lng === undefined || rest !== undefined) return null
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null
}

/** To about a metre. */
export function pointText({ lat, lng }: Point): string {
  return [lat, lng].map((value) => Number(value.toFixed(5))).join(',')
}

/** Ids of zones seen full, the last seen last. */
export function parseFull(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((id) => id !== ''))].slice(-MOST_FULL)
}

/** The same address with other zones seen full. */
export function withFull({ full: _before, from, ...rest }: ViewSearch, full: readonly string[]): ViewSearch {
  return full.length === 0 ? rest : { ...rest, full: full.join(','), ...(from === undefined ? {} : { from }) }
}

/** The address of the list: nothing of a plan is left in it. */
export function withoutPlan(search: ViewSearch): ViewSearch {
  return { ...search, ...Object.fromEntries(PLAN_FIELDS.map((field) => [field, undefined])) }
}
