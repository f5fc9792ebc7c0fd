import type { ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useI18n } from '../i18n/i18n.tsx'
import { useRulesText } from '../i18n/use-rules-text.ts'
import { useSheetText } from '../i18n/use-sheet-text.ts'
import { ProvenanceSection } from './provenance-section.tsx'
import { factsOf, vehiclesByAnswer } from './zone-facts.ts'

/** The known facts of a zone. Unknown ones are listed in one line. */
export function ZoneFactsSection({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const text = useSheetText()
  const { tariff } = useRulesText()
  const { known, unknown } = factsOf(zone, { t: { ...t, ...text, tariff }, format })
  return (
    <section>
      <h3 className="mb-1 text-lg">{text.facts}</h3>
      <dl>
        {known.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="text-end font-bold wrap-anywhere">{value}</dd>
          </div>
        ))}
        <WhoMayPark zone={zone} />
      </dl>
      {unknown.length > 0 && (
        <p className="mt-2 text-ink-soft">
          {text.unknownFacts(format.list(unknown.map((label) => label.toLowerCase())))}
        </p>
      )}
      <ProvenanceSection zone={zone} />
    </section>
  )
}

function WhoMayPark({ zone }: { zone: ZoneBody }) {
  const { t, format } = useI18n()
  const text = useSheetText()
  const { yes, no, unknown } = vehiclesByAnswer(zone)
  const names = (vehicles: readonly Vehicle[]) => format.list(vehicles.map((vehicle) => t.vehicles[vehicle]))
  return (
    <div className="border-b border-line py-1.5">
      <dt className="text-ink-soft">{text.whoMayPark}</dt>
      {yes.length + no.length === 0 ? (
        <dd className="font-bold">{text.whoUnknown}</dd>
      ) : (
        <>
          {yes.length > 0 && <Answer word={text.mayPark.yes} names={names(yes)} />}
          {no.length > 0 && <Answer word={text.mayPark.no} names={names(no)} />}
          {unknown.length > 0 && <dd className="text-ink-soft">{text.whoRest(names(unknown))}</dd>}
        </>
      )}
    </div>
  )
}

function Answer({ word, names }: { word: string; names: string }) {
  return (
    <dd className="font-bold">
      {word}: {names}
    </dd>
  )
}
