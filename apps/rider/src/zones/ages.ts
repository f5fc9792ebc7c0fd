import type { AvailabilityBody } from '@kickstand/contract'
import type { Format } from '@kickstand/i18n'
import type { Text } from '#i18n/i18n.ts'

const JUST_NOW_SECONDS = 45
/** Older figures are drawn faded. */
const STALE_AFTER_SECONDS = 45 * 60

/**
 * Seconds since the newest observation behind the figure at `now` (epoch ms by the server's clock); null if there is
 * none.
 */
export function ageSeconds(a: AvailabilityBody, now: number): number | null {
  const { observedAt } = a.latest ?? a
  if (observedAt === null) return null
  const observed = Date.parse(observedAt)
  return Number.isNaN(observed) ? null : Math.max(0, (now - observed) / 1000)
}

/** Whether the figure is drawn faded. Figures from history always are. */
export function isStale(a: AvailabilityBody, now: number): boolean {
  if (a.state === 'unknown') return false
  const age = ageSeconds(a, now)
  return a.source === 'history' || (age !== null && age > STALE_AFTER_SECONDS)
}

export function agoText(seconds: number, t: Text, format: Format): string {
  return seconds < JUST_NOW_SECONDS ? t('ago.now') : t('ago.duration', { duration: format.duration(seconds) })
}

/** The source and age of the figure as one phrase, never empty. `isOwn`: it is the rider's own report. */
export function seenText(a: AvailabilityBody, now: number, t: Text, format: Format, isOwn = false): string {
  const age = ageSeconds(a, now)
  const ago = age === null ? null : agoText(age, t, format)
  if (a.state === 'closed') return t('seen.outsideHours')
  if (a.state === 'unknown') return ago === null ? t('seen.noReports') : t('seen.tooOld', { ago })
  if (ago !== null) return t(`seen.${isOwn ? 'you' : (a.latest ?? a).source}`, { ago })
  return t(a.source === 'history' ? 'seen.usual' : 'seen.sourceUnknown')
}
