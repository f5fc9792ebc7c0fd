import { paths } from '@kickstand/client'
import type { ZoneBody } from '@kickstand/contract'
import { useI18n } from '../i18n/i18n.tsx'
import { useSheetText } from '../i18n/use-sheet-text.ts'

/** The sources of a zone, each with attribution, licence and the date of its data. */
export function ZoneSources({ zone }: { zone: ZoneBody }) {
  const { format } = useI18n()
  const text = useSheetText()
  return (
    <section>
      <h3 className="mb-1 text-lg">{text.sources}</h3>
      <ul className="grid gap-2">
        {zone.sources.map((source) => (
          <li key={`${source.id} ${source.ref}`} className="border-s-4 border-line ps-3">
            <p className="font-bold">
              {source.url ? (
                <a href={source.url} target="_blank" rel="noreferrer">
                  {source.name ?? text.sourceUnnamed}
                </a>
              ) : (
                (source.name ?? text.sourceUnnamed)
              )}
            </p>
            {source.attribution && <p>{source.attribution}</p>}
            <p className="text-ink-soft">
              {[
                source.licence && text.licence(source.licence),
                source.asOf
                  ? text.sourceAsOf(format.date(source.asOf))
                  : source.seenAt && text.sourceChanged(format.date(source.seenAt)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      <a className="mt-2 inline-block" href={paths.zonesCsv()}>
        {text.openData}
      </a>
    </section>
  )
}
