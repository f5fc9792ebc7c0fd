import { paths } from '@kickstand/client'
import type { ZoneBody } from '@kickstand/contract'
import { useI18n, usePageText } from '#i18n/i18n.ts'

/** The sources of a zone, each with attribution, licence and the date of its data. */
export function ZoneSources({ zone }: { zone: ZoneBody }) {
  const { format } = useI18n()
  const p = usePageText()
  return (
    <section>
      <h3 className="mb-1 text-lg">{p('sources.title')}</h3>
      <ul className="grid gap-2">
        {zone.sources.map((source) => (
          <li key={`${source.id} ${source.ref}`} className="border-s-4 border-line ps-3">
            <p className="font-bold">
              {source.url ? (
                <a href={source.url} target="_blank" rel="noreferrer">
                  <bdi>{source.name ?? p('sources.unnamed')}</bdi>
                </a>
              ) : (
                <bdi>{source.name ?? p('sources.unnamed')}</bdi>
              )}
            </p>
            {source.attribution && <p dir="auto">{source.attribution}</p>}
            <p className="text-ink-soft">
              {[
                source.licence && p('sources.licence', { licence: source.licence }),
                source.asOf
                  ? p('sources.asOf', { date: format.date(source.asOf) })
                  : source.seenAt && p('sources.changed', { date: format.date(source.seenAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      <a className="mt-2 inline-block" href={paths.zonesCsv()}>
        {p('sources.openData')}
      </a>
    </section>
  )
}
