import type { Point } from '../api/client.ts'
import { PLAN_FIELDS, type ViewSearch } from '../paths.ts'

/** Zones seen full that an address keeps: more were no plan any more. */
const MOST_FULL = 20

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
