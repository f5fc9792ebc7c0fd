import type { Point } from '../api/client.ts'
import { PLAN_FIELDS, type ViewSearch } from '../paths.ts'

/** Limits the zones found full in an address. */
const MAX_FULL_ZONES = 20

/** A point as `lat,lng`, rounded to about a metre. */
export function pointText({ lat, lng }: Point): string {
  return [lat, lng].map((value) => Number(value.toFixed(5))).join(',')
}

/** Ids of zones found full, the latest last. */
export function parseFull(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((id) => id !== ''))].slice(-MAX_FULL_ZONES)
}

/** The address with other zones found full. */
export function withFull({ full: _before, from, ...rest }: ViewSearch, full: readonly string[]): ViewSearch {
  return full.length === 0 ? rest : { ...rest, full: full.join(','), ...(from === undefined ? {} : { from }) }
}

/** The address without its plan fields. */
export function withoutPlan(search: ViewSearch): ViewSearch {
  return { ...search, ...Object.fromEntries(PLAN_FIELDS.map((field) => [field, undefined])) }
}
