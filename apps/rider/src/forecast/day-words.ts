import type { ForecastBody, ForecastObservationBody, ForecastPointBody } from '@kickstand/contract'
import type { Format } from '@kickstand/i18n'
import type { PageText, Text } from '#i18n/i18n.ts'

export type DayWords = { readonly t: Text; readonly p: PageText; readonly format: Format }

/** One point of the forecast as text: "about 4 free (2–6)", "Few free", "not known". */
export function pointText(point: ForecastPointBody, { t, p, format }: DayWords): string {
  const { state, expectedFree, freeLow, freeHigh } = point
  if (state === 'unknown') return p('day.notKnown')
  if (state === 'closed') return p('day.closed')
  if (expectedFree === null) return t(`state.${state}`)
  const n = format.count(Math.round(expectedFree))
  const figure = state === 'full' ? t('state.full') : t('free.about', { n })
  if (freeLow === null || freeHigh === null) return figure
  return p('day.figureRange', { figure, range: format.range(freeLow, freeHigh) })
}

export function observationText(seen: ForecastObservationBody, { t, p, format }: DayWords): string {
  if (seen.level !== null) return t(`state.${seen.level}`)
  if (seen.free !== null) return t('free.exact', { n: format.count(seen.free) })
  if (seen.kind === 'left') return p('zone.riderLeft')
  return seen.kind === 'arrived' ? p('zone.riderParked') : t('report.any')
}

/** The day in a sentence: the state now, and the times with most and least space. */
export function summaryText(forecast: ForecastBody, words: DayWords): string {
  const { p, format } = words
  const [now] = forecast.points
  if (!now) return ''
  const counted = forecast.points.filter((point) => point.expectedFree !== null)
  const free = (point: ForecastPointBody): number => point.expectedFree ?? 0
  const time = (point: ForecastPointBody) => format.time(Date.parse(point.at), forecast.timeZone)
  const figure = (point: ForecastPointBody) => format.count(Math.round(free(point)))
  const most = counted.reduce((a, b) => (free(b) > free(a) ? b : a), counted[0] ?? now)
  const least = counted.reduce((a, b) => (free(b) < free(a) ? b : a), counted[0] ?? now)
  const nowText = pointText(now, words)
  if (Math.round(free(most)) - Math.round(free(least)) < 1) return p('day.summary', { now: nowText })
  return p('day.summaryMostLeast', {
    now: nowText,
    mostTime: time(most),
    mostFree: figure(most),
    leastTime: time(least),
    leastFree: figure(least),
  })
}
