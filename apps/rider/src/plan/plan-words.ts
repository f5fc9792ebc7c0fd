import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { PlanMessages } from '../i18n/en-plan.ts'

export type PlanWords = { readonly p: PlanMessages; readonly format: Format }

/** A plan and its stops, without the zones. */
type StopFigures = Omit<PlanStopBody, 'zone'>
type PlanFigures = Pick<PlanBody, 'chance'> & { readonly stops: readonly StopFigures[] }

/** A warning is shown if the overall chance is lower. */
const LOW_CHANCE = 0.5

/** Seconds as whole minutes. */
export function minutesText(seconds: number, { p, format }: PlanWords): string {
  return seconds < 30 ? p.underMinute : format.duration(seconds)
}

/**
 * The plan in a sentence: "82 % chance at the first stop, 4 min walk; if it is full, 200 m to the next; 97 % overall."
 */
export function planSentence({ stops }: PlanFigures, words: PlanWords): string {
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
    ...(second === undefined || !last?.chanceKnown ? [] : [p.overall(format.percent(last.chanceSoFar))]),
  ])
}

/** A warning if the overall chance is low; null otherwise. */
export function lowChanceWarning({ stops, chance }: PlanFigures, p: PlanMessages): string | null {
  return chance < LOW_CHANCE && stops.some(({ chanceKnown }) => chanceKnown) ? p.low : null
}

/** The reasons for a stop that its figures do not show. */
export function reasonTexts({ reasons, chanceKnown }: StopFigures, words: PlanWords): string[] {
  const { p, format } = words
  // An unknown chance is not shown, so it is not called lower than usual.
  const shown = chanceKnown ? reasons : reasons.filter(({ code }) => code !== 'full-nearby')
  return shown.flatMap(({ code, chance, metres, seconds }) => {
    const figures = {
      chance: format.percent(chance ?? 0),
      distance: format.distance(metres ?? 0),
      duration: minutesText(seconds ?? 0, words),
    }
    return p.reasons[code](figures) ?? []
  })
}
