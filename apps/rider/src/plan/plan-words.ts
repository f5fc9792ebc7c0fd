import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import type { Format } from '@kickstand/i18n'
import type { PageText } from '#i18n/i18n.ts'

export type PlanWords = { readonly p: PageText; readonly format: Format }

/** A plan and its stops, without the zones. */
type StopFigures = Omit<PlanStopBody, 'zone'>
type PlanFigures = Pick<PlanBody, 'chance'> & { readonly stops: readonly StopFigures[] }

/** A warning is shown if the overall chance is lower. */
const LOW_CHANCE = 0.5

/** Seconds as whole minutes. */
export function minutesText(seconds: number, { p, format }: PlanWords): string {
  return seconds < 30 ? p('plan.underMinute') : format.duration(seconds)
}

/**
 * The plan in a sentence: "82 % chance at the first stop, 4 min walk; if it is full, 200 m to the next; 97 % overall."
 */
export function planSentence({ stops }: PlanFigures, words: PlanWords): string {
  const { p, format } = words
  const [first, second] = stops
  if (first === undefined) return p('plan.noneTitle')
  if (stops.every(({ chanceKnown }) => !chanceKnown)) return p('plan.nothingKnown')
  const last = stops.at(-1)
  const figures = {
    known: first.chanceKnown ? 'known' : 'unknown',
    chance: format.percent(first.chance),
    walk: minutesText(first.walkSeconds, words),
  } as const
  if (second === undefined) return p('plan.first', figures)
  const distance = format.distance(second.rideMetres)
  if (!last?.chanceKnown) return p('plan.firstNext', { ...figures, distance })
  return p('plan.firstNextOverall', { ...figures, distance, overall: format.percent(last.chanceSoFar) })
}

/** A warning if the overall chance is low; null otherwise. */
export function lowChanceWarning({ stops, chance }: PlanFigures, p: PageText): string | null {
  return chance < LOW_CHANCE && stops.some(({ chanceKnown }) => chanceKnown) ? p('plan.low') : null
}

/** The reasons for a stop that its figures do not show. */
export function reasonTexts({ reasons, chanceKnown }: StopFigures, words: PlanWords): string[] {
  // An unknown chance is not shown, so it is not called lower than usual.
  const shown = chanceKnown ? reasons : reasons.filter(({ code }) => code !== 'full-nearby')
  return shown.flatMap((reason) => reasonText(reason, words) ?? [])
}

function reasonText({ code, chance, seconds }: StopFigures['reasons'][number], words: PlanWords): string | null {
  const { p, format } = words
  switch (code) {
    case 'chance-unknown':
      return p('plan.reasonUnknown')
    case 'nearest':
      return p('plan.reasonNearest')
    case 'nearer-are-likely-full':
      return p('plan.reasonNearerFull', {
        chance: format.percent(chance ?? 0),
        duration: minutesText(seconds ?? 0, words),
      })
    case 'full-nearby':
      return p('plan.reasonFullNearby', { chance: format.percent(chance ?? 0) })
    // The stop's own figures already show these.
    case 'chance':
    case 'close-by':
      return null
  }
}
