import type { RulesBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import type { Format } from '@kickstand/i18n'
import type { Text } from '#i18n/i18n.ts'

type Words = { readonly t: Text; readonly format: Format; readonly now: number }

const DAY_MS = 24 * 60 * 60_000

/** A local time at a place: "18:30", or "Mon 09:00" if it is not today. */
export function localTimeText(until: string, timeZone: string | null, { format, now }: Omit<Words, 't'>): string {
  const time = Date.parse(until)
  const zone = timeZone ?? 'UTC'
  const isSameDay = time - now < DAY_MS && format.weekday(time, zone) === format.weekday(now, zone)
  return isSameDay ? format.time(time, zone) : format.weekdayTime(time, zone)
}

/** Whether rules are still valid. Those of a saved list may have expired. */
export function isCurrent({ validUntil }: RulesBody, now: number): boolean {
  return validUntil === null || Date.parse(validUntil) > now
}

/** Whether the vehicle may park, as short text. The reason stands instead of "No". */
export function mayParkText(rules: RulesBody, vehicle: Vehicle, words: Words): string {
  const { t } = words
  const vehicles = t(`vehicles.${vehicle}`)
  if (rules.mayPark === 'yes') return t('rules.may', { vehicles })
  if (rules.mayPark === 'unknown') return t('rules.unknown')
  for (const { code, until: at } of rules.reasons) {
    const until = at === null ? null : localTimeText(at, rules.timeZone, words)
    switch (code) {
      case 'vehicle-no':
        return t('rules.mayNot', { vehicles })
      case 'customers-only':
        return t('access.customers')
      case 'permit-only':
        return t('access.permit')
      case 'private':
        return t('access.private')
      case 'not-at-this-time':
        return until === null ? t('rules.notNow') : t('rules.notNowUntil', { until })
      case 'closed':
        return until === null ? t('rules.closed') : t('rules.closedUntil', { until })
      default:
    }
  }
  return t('rules.mayNot', { vehicles })
}

/** The fee and until when it applies; null if unknown. */
export function feeText(rules: RulesBody, words: Words): string | null {
  const { state, until: at } = rules.fee
  if (state === 'unknown') return null
  if (at === null) return words.t(`rules.${state}`)
  return words.t(`rules.${state}Until`, { until: localTimeText(at, rules.timeZone, words) })
}

/** "Motorcycles may park · free until 18:30 · max 2 h". */
export function rulesLine(rules: RulesBody, vehicle: Vehicle, words: Words): string {
  const { t, format } = words
  const stay = rules.maxStay === null ? null : t('rules.maxStay', { duration: format.duration(rules.maxStay) })
  return [mayParkText(rules, vehicle, words), feeText(rules, words), stay].filter((text) => text !== null).join(' · ')
}
