import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { PlanMessages } from '../i18n/en-plan.ts'

export type PlanWords = { readonly p: PlanMessages; readonly format: Format }

/** A plan and its stops without the zones. */
type Figures = Omit<PlanStopBody, 'zone'>
type Told = Pick<PlanBody, 'chance'> & { readonly stops: readonly Figures[] }

/** In all the stops together less likely than this is said to be low. */
const LOW = 0.5

/** Seconds as whole minutes, as a rider would say them. */
export function minutesText(seconds: number, { p, format }: PlanWords): string {
  return seconds < 30 ? p.underMinute : format.duration(seconds)
}

/** The plan in a sentence: "82 % chance at the first stop, 4 min walk; if it is full, 200 m to the next; 97 % overall." */
export function planSentence({ stops }: Told, words: PlanWords): string {
  const { p, format } = words
  const [first, second] = stops
  if (first === undefined) return p.noneTitle
  if (stops.every(({ chanceKnown }) => !chanceKnown)) return p.nothingKnown
  const last = stops.at(-1)
  return p.sentence([
    p.atFirst(
      first.chanceKnown ? p.chanceOf(format.percent(first.chance)) : p.notKnown,
      minutesText(first.walkSeconds, words),
    ),
    ...(second === undefined ? [] : [p.ifFull(format.distance(second.rideMetres))]),
    ...(second === undefined || !last?.chanceKnown ? [] : [p.inAll(format.percent(last.chanceSoFar))]),
  ])
}

/** That a search may well be in vain, where it is so; null otherwise. */
export function lowWarning({ stops, chance }: Told, p: PlanMessages): string | null {
  return chance < LOW && stops.some(({ chanceKnown }) => chanceKnown) ? p.low : null
}

/** Why a stop is where it is, beyond what its figures say. */
export function reasonTexts({ reasons, chanceKnown }: Figures, words: PlanWords): string[] {
  const { p, format } = words
  // What is a guess anyway is no less than something.
  const told = chanceKnown ? reasons : reasons.filter(({ code }) => code !== 'full-nearby')
  return told.flatMap(({ code, chance, metres, seconds }) => {
    const figures = {
      chance: format.percent(chance ?? 0),
      distance: format.distance(metres ?? 0),
      duration: minutesText(seconds ?? 0, words),
    }
    return p.reasons[code](figures) ?? []
  })
}
