import type { ForecastBody, ForecastObservationBody, ForecastPointBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { Messages } from '../i18n/en.ts'
import type { DayMessages } from '../i18n/en-day.ts'

/** One point of the forecast as text: "about 4 free (2–6)", "Few free", "not known". */
export function pointText(point: ForecastPointBody, t: Messages, d: DayMessages, format: Format): string {
  const { state, expectedFree, freeLow, freeHigh } = point
  if (state === 'unknown') return d.notKnown
  if (state === 'closed') return d.closed
  if (expectedFree === null) return t.states[state]
  const range = freeLow === null || freeHigh === null ? '' : ` (${format.range(freeLow, freeHigh)})`
  const figure = state === 'full' ? t.states.full : t.aboutFree(format.count(Math.round(expectedFree)))
  return `${figure}${range}`
}

export function observationText(seen: ForecastObservationBody, t: Messages, d: DayMessages, format: Format): string {
  if (seen.level !== null) return t.states[seen.level]
  if (seen.free !== null) return t.exactlyFree(format.count(seen.free))
  return seen.kind === 'left' ? d.left : seen.kind === 'arrived' ? d.parked : t.report
}

/** The day in a sentence: the state now, and the times with most and least space. */
export function summaryText(forecast: ForecastBody, t: Messages, d: DayMessages, format: Format): string {
  const [now] = forecast.points
  if (!now) return ''
  const counted = forecast.points.filter((point) => point.expectedFree !== null)
  const free = (point: ForecastPointBody): number => point.expectedFree ?? 0
  const time = (point: ForecastPointBody) => format.time(Date.parse(point.at), forecast.timeZone)
  const figure = (point: ForecastPointBody) => format.count(Math.round(free(point)))
  const most = counted.reduce((a, b) => (free(b) > free(a) ? b : a), counted[0] ?? now)
  const least = counted.reduce((a, b) => (free(b) < free(a) ? b : a), counted[0] ?? now)
  const rest =
    Math.round(free(most)) - Math.round(free(least)) < 1
      ? []
      : [d.most(time(most), figure(most)), d.least(time(least), figure(least))]
  return d.summary(pointText(now, t, d, format), rest.join(', '))
}
