import type { RulesBody, ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useI18n } from '../i18n/i18n.tsx'
import { useRulesText } from '../i18n/use-rules-text.ts'
import { useSheetText } from '../i18n/use-sheet-text.ts'
import { tariffText } from './tariff-words.ts'
import { feeText, mayParkText, localTimeText } from './rules-words.ts'

type Props = { readonly zone: ZoneBody; readonly rules: RulesBody; readonly vehicle: Vehicle; readonly now: number }

/** The parking rules in sentences, and what to look for on the sign if they are unknown. */
export function RulesSection({ zone, rules, vehicle, now }: Props) {
  const { t, format } = useI18n()
  const words = { t, format, now }
  const text = useRulesText()
  const quoted: Partial<Record<string, string | null | undefined>> = {
    'sign-unread': zone.signText,
    'hours-unread': zone.openingHours,
    'condition-unread': zone.accessConditional,
  }
  const sentences = rules.reasons.flatMap(({ code, until }) => {
    const sentence = text.reasons[code]
    const at = until === null ? null : localTimeText(until, rules.timeZone, words)
    return sentence === undefined ? [] : [sentence(at, quoted[code] ?? '')]
  })
  const fee = feeText(rules, words) ?? text.feeUnknown
  const sheet = useSheetText()
  const price = zone.tariff ? tariffText(zone.tariff, { t: { ...t, ...sheet, tariff: text.tariff }, format }) : null
  return (
    <section>
      <h3 className="mb-1 text-lg">{text.title}</h3>
      <p className="text-lg font-bold">{mayParkText(rules, vehicle, words)}</p>
      <ul className="grid gap-1">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
        <li>{text.fee(fee)}</li>
        {price !== null && <li>{text.price(price)}</li>}
        {rules.maxStay !== null && <li>{text.maxStay(format.duration(rules.maxStay))}</li>}
      </ul>
    </section>
  )
}
