import type { RulesBody, ZoneBody } from '@kickstand/contract'
import type { RuleReason, Vehicle } from '@kickstand/domain'
import { useI18n, usePageText, type PageText } from '#i18n/i18n.ts'
import { tariffText } from './tariff-words.ts'
import { feeText, mayParkText, localTimeText } from './rules-words.ts'

type Props = { readonly zone: ZoneBody; readonly rules: RulesBody; readonly vehicle: Vehicle; readonly now: number }

/** The parking rules in sentences, and what to look for on the sign if they are unknown. */
export function RulesSection({ zone, rules, vehicle, now }: Props) {
  const { t, format } = useI18n()
  const words = { t, format, now }
  const p = usePageText()
  const sentences = rules.reasons.flatMap(({ code, until }) => {
    const at = until === null ? null : localTimeText(until, rules.timeZone, words)
    return reasonText(code, at, zone, p) ?? []
  })
  const fee = feeText(rules, words) ?? p('rule.feeUnknown')
  return (
    <section>
      <h3 className="mb-1 text-lg">{p('rule.title')}</h3>
      <p className="text-lg font-bold">{mayParkText(rules, vehicle, words)}</p>
      <ul className="grid gap-1">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
        <li>{p('rule.fee', { fee })}</li>
        {zone.tariff && <li>{p('rule.price', { price: tariffText(zone.tariff, { t, p, format }) })}</li>}
        {rules.maxStay !== null && <li>{p('rule.maxStay', { duration: format.duration(rules.maxStay) })}</li>}
      </ul>
    </section>
  )
}

/** A reason as a sentence; null if the answer above already says it. `until` is a time as text, null if it is unknown. */
function reasonText(code: RuleReason, until: string | null, zone: ZoneBody, p: PageText): string | null {
  switch (code) {
    case 'vehicle-yes':
      return null
    case 'vehicle-no':
      return p('rule.vehicleNo')
    case 'vehicle-unknown':
      return p('rule.vehicleUnknown')
    case 'access-unknown':
      return p('rule.accessUnknown')
    case 'customers-only':
      return p('rule.customersOnly')
    case 'permit-only':
      return p('rule.permitOnly')
    case 'private':
      return p('rule.private')
    case 'not-at-this-time':
      return until === null ? p('rule.notAtThisTime') : p('rule.notAtThisTimeUntil', { until })
    case 'condition-unread':
      return p('rule.conditionUnread', { quoted: zone.accessConditional ?? '' })
    case 'closed':
      return until === null ? p('rule.closed') : p('rule.closedUntil', { until })
    case 'hours-unread':
      return p('rule.hoursUnread', { quoted: zone.openingHours ?? '' })
    case 'reserved':
      return until === null ? p('rule.reserved') : p('rule.reservedUntil', { until })
    case 'sign-unread':
      return p('rule.signUnread', { quoted: zone.signText ?? '' })
  }
}
