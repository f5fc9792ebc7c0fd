import type { RulesBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import type { Format } from '../i18n/format.ts'
import type { Messages } from '../i18n/en.ts'

type Words = { readonly t: Messages; readonly format: Format; readonly now: number }

const DAY_MS = 24 * 60 * 60_000

/** A local time at a place: "18:30", or "Mon 09:00" if it is not today. */
export function localTimeText(until: string, timeZone: string | null, { format, now }: Omit<Words, 't'>): string {
  const time = Date.parse(until)
  const zone = timeZone ?? 'UTC'
  const isSameDay = time - now < DAY_MS && format.weekday(time, zone) === format.weekday(now, zone)
  return isSameDay ? format.time(time, zone) : `${format.weekday(time, zone)} ${format.time(time, zone)}`
}

/** Whether rules are still valid. Those of a saved list may have expired. */
export function isCurrent({ validUntil }: RulesBody, now: number): boolean {
  return validUntil === null || Date.parse(validUntil) > now
}

/** Whether the vehicle may park, as short text. The reason stands instead of "No". */
export function mayParkText(rules: RulesBody, vehicle: Vehicle, words: Words): string {
  const { t } = words
  const many = t.rules.vehicles[vehicle]
  if (rules.mayPark === 'yes') return t.rules.may(many)
  if (rules.mayPark === 'unknown') return t.rules.unknown
  const until = (at: string | null): string | null => (at === null ? null : localTimeText(at, rules.timeZone, words))
  const texts: Partial<Record<string, (at: string | null) => string>> = {
    'vehicle-no': () => t.rules.mayNot(many),
    'customers-only': () => t.access.customers,
    'permit-only': () => t.access.permit,
    private: () => t.access.private,
    'not-at-this-time': t.rules.notNow,
    closed: t.rules.closed,
  }
  for (const reason of rules.reasons) {
    const text = texts[reason.code]
    if (text !== undefined) return text(until(reason.until))
  }
  return t.rules.mayNot(many)
}

/** The fee and until when it applies; null if unknown. */
export function feeText(rules: RulesBody, words: Words): string | null {
  const { state, until } = rules.fee
  if (state === 'unknown') return null
  const { free, paid } = words.t.rules
  const at = until === null ? null : localTimeText(until, rules.timeZone, words)
  return state === 'free' ? free(at) : paid(at)
}

/** "Motorcycles may park · free until 18:30 · max 2 h". */
export function rulesLine(rules: RulesBody, vehicle: Vehicle, words: Words): string {
  const { t, format } = words
  const stay = rules.maxStay === null ? null : t.rules.maxStay(format.duration(rules.maxStay))
  return [mayParkText(rules, vehicle, words), feeText(rules, words), stay].filter((text) => text !== null).join(' · ')
}
