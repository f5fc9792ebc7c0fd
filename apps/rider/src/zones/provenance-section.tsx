import type { ZoneBody } from '@kickstand/contract'
import { useI18n } from '../i18n/i18n.tsx'
import { useProvenanceText } from '../i18n/use-provenance-text.ts'
import { useRulesText } from '../i18n/use-rules-text.ts'
import { useSheetText } from '../i18n/use-sheet-text.ts'
import { disagreement, factSourcesOf } from './provenance.ts'

/** One line for each disagreement of sources, and a list of the source of each fact that can be opened. */
export function ProvenanceSection({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const text = useProvenanceText()
  const sheet = useSheetText()
  const { tariff } = useRulesText()
  const facts = factSourcesOf(zone, { t: { ...t, ...sheet, tariff }, format, text })
  if (facts.length === 0) return null
  const disagreements = facts.flatMap((fact) => {
    const words = disagreement(fact, text)
    return words === null ? [] : [{ ...fact, words }]
  })
  return (
    <>
      {disagreements.length > 0 && (
        <ul className="mt-2 grid gap-1 border-s-4 border-amber ps-3">
          {disagreements.map(({ field, label, words }) => (
            <li key={field} className="wrap-anywhere">
              {label}: {words}
            </li>
          ))}
        </ul>
      )}
      <details className="mt-2">
        <summary className="cursor-pointer py-2.5 text-link">{text.title}</summary>
        <dl>
          {facts.map(({ field, label, value, source, asOf, others }) => (
            <div key={field} className="border-b border-line py-1.5">
              <dt className="text-ink-soft">{label}</dt>
              <dd className="wrap-anywhere">
                <span className="font-bold">{value}</span> {text.from(source, format.date(asOf))}
              </dd>
              {others.map((one) => (
                <dd key={one.source} className="text-ink-soft wrap-anywhere">
                  {text.notShown(one.source, one.value)}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
