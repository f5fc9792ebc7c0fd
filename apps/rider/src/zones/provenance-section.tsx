import type { ZoneBody } from '@kickstand/contract'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { disagreement, factSourcesOf } from './provenance.ts'

/** One line for each disagreement of sources, and a list of the source of each fact that can be opened. */
export function ProvenanceSection({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const p = usePageText()
  const facts = factSourcesOf(zone, { t, p, format })
  if (facts.length === 0) return null
  const disagreements = facts.flatMap((fact) => {
    const words = disagreement(fact, p)
    return words === null ? [] : [{ ...fact, words }]
  })
  return (
    <>
      {disagreements.length > 0 && (
        <ul className="mt-2 grid gap-1 border-s-4 border-amber ps-3">
          {disagreements.map(({ field, label, words }) => (
            <li key={field} className="wrap-anywhere">
              <bdi>{p('label.value', { label, value: words })}</bdi>
            </li>
          ))}
        </ul>
      )}
      <details className="mt-2">
        <summary className="cursor-pointer py-2.5 text-link">{p('sources.ofFacts')}</summary>
        <dl>
          {facts.map(({ field, label, value, source, asOf, others }) => (
            <div key={field} className="border-b border-line py-1.5">
              <dt className="text-ink-soft">{label}</dt>
              <dd className="wrap-anywhere">
                <bdi className="font-bold">{value}</bdi> {p('sources.from', { source, date: format.date(asOf) })}
              </dd>
              {others.map((one) => (
                <dd key={one.source} className="text-ink-soft wrap-anywhere">
                  {p('label.value', { label: one.source, value: one.value })}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
