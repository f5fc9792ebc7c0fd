import type { ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { ProvenanceSection } from './provenance-section.tsx'
import { factsOf, vehiclesByAnswer } from './zone-facts.ts'

/** The known facts of a zone. Unknown ones are listed in one line. */
export function ZoneFactsSection({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const p = usePageText()
  const { known, unknown } = factsOf(zone, { t, p, format })
  return (
    <section>
      <h3 className="mb-1 text-lg">{p('zone.facts')}</h3>
      <dl>
        {known.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="text-end font-bold wrap-anywhere">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        <WhoMayPark zone={zone} />
      </dl>
      {unknown.length > 0 && (
        <p className="mt-2 text-ink-soft">
          {p('zone.notKnown', { list: format.list(unknown.map((name) => p(`factInList.${name}`))) })}
        </p>
      )}
      <ProvenanceSection zone={zone} />
    </section>
  )
}

function WhoMayPark({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const p = usePageText()
  const { yes, no, unknown } = vehiclesByAnswer(zone)
  const names = (vehicles: readonly Vehicle[]) => format.list(vehicles.map((vehicle) => t(`vehicle.${vehicle}`)))
  return (
    <div className="border-b border-line py-1.5">
      <dt className="text-ink-soft">{p('zone.whoMayPark')}</dt>
      {yes.length + no.length === 0 ? (
        <dd className="font-bold">{p('zone.whoUnknown')}</dd>
      ) : (
        <>
          {yes.length > 0 && (
            <dd className="font-bold">{p('label.value', { label: p('mayPark.yes'), value: names(yes) })}</dd>
          )}
          {no.length > 0 && (
            <dd className="font-bold">{p('label.value', { label: p('mayPark.no'), value: names(no) })}</dd>
          )}
          {unknown.length > 0 && <dd className="text-ink-soft">{p('zone.notKnown', { list: names(unknown) })}</dd>}
        </>
      )}
    </div>
  )
}
