import { readConditional, type Clause } from '../conditional.ts'
import { feeOfWord } from '../osm-fee.ts'
import type { Fee } from '../fields/vocabularies.ts'
import { DAY_MINUTES } from './tariff.ts'
import { type DayHours, readWeekHours, type WeekHours, WEEK_ROWS, WHOLE_DAY } from './week-hours.ts'

/** A fee during some hours. Of several at the same time the last one in the list applies. */
type FeeHours = { readonly fee: Fee; readonly hours: WeekHours }

/**
 * The hours in which a rider without a permit pays, from a fee and its conditions in OSM syntax. Null if the conditions
 * cannot be parsed or depend on the length of the stay: OSM does not state whether a longer stay pays for its first
 * minutes.
 */
export function paidHours(fee: Fee | null, conditional: string | null): WeekHours | null {
  const clauses = conditional === null ? [] : readConditional(conditional)
  if (clauses === null) return null
  const layers = clauses.filter((clause) => !isForOthers(clause)).map(feeHoursOf)
  if (!layers.every((layer) => layer !== null)) return null
  // `fee=yes` with `yes @ (Mo-Fr 09:00-18:00)`: the other hours are unknown, as the mapper may mean that they are free.
  if (fee === 'paid' && layers.length > 0 && layers.every((layer) => layer.fee === 'paid')) return null
  const rows = Array.from({ length: WEEK_ROWS }, (_, row) => paidOn(row, fee, layers))
  return rows.every((row) => row !== null) ? rows : null
}

/** Whether a clause makes parking free only for others, such as residents. A rider without a permit ignores it. */
function isForOthers({ value, conditions }: Clause): boolean {
  return (
    feeOfWord(value) === 'free' &&
    conditions.some((condition) => condition.on === 'who' && condition.who !== 'destination')
  )
}

function feeHoursOf({ value, conditions }: Clause): FeeHours | null {
  const [condition, ...others] = conditions
  const fee = feeOfWord(value)
  // A number in a paid clause is a second price, which hours alone cannot express.
  if (fee === null || (fee === 'paid' && /\d/.test(value))) return null
  if (condition?.on !== 'hours' || others.length > 0) return null
  const hours = readWeekHours(condition.hours)
  return hours === null ? null : { fee, hours }
}

/** The paid hours of one row of `WeekHours`; null if the fee of some hours is unknown. */
function paidOn(row: number, fee: Fee | null, layers: readonly FeeHours[]): DayHours[] | null {
  const edges = layers.flatMap(({ hours }) => hours[row] ?? []).flatMap(({ from, until }) => [from, until])
  const cuts = [...new Set([WHOLE_DAY.from, ...edges, WHOLE_DAY.until])].toSorted((a, b) => a - b)
  const paid: DayHours[] = []
  for (const [index, from] of cuts.entries()) {
    const until = cuts[index + 1] ?? DAY_MINUTES
    if (from === until) continue
    const layer = layers.findLast(({ hours }) => hours[row]?.some((one) => one.from <= from && from < one.until))
    const state = layer?.fee ?? fee
    if (state === null) return null
    const last = paid.at(-1)
    if (state === 'free') continue
    if (last?.until === from) paid.splice(-1, 1, { from: last.from, until })
    else paid.push({ from, until })
  }
  return paid
}
