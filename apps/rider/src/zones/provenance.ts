import type { FactClaimBody, ZoneBody } from '@kickstand/contract'
import { VEHICLES } from '@kickstand/domain'
import type { SheetMessages } from '../i18n/en-sheet.ts'
import type { Messages } from '../i18n/en.ts'
import type { ProvenanceMessages } from '../i18n/en-provenance.ts'
import type { Format } from '../i18n/format.ts'
import { hoursText } from './hours-words.ts'
import { surfaceText } from './zone-facts.ts'

type Words = {
  readonly t: Messages & SheetMessages
  readonly format: Format
  readonly text: ProvenanceMessages
}

/** A fact of a zone: the shown claim and the claims of other sources. */
export type FactSource = {
  readonly field: string
  readonly label: string
  readonly value: string
  readonly source: string
  /** ISO time since when the source has made this claim. */
  readonly asOf: string
  readonly others: readonly { readonly source: string; readonly value: string; readonly agrees: boolean }[]
}

/** Field names and labels in the order of the sheet. */
function labelsOf({ t, text }: Words): readonly (readonly [string, string])[] {
  return [
    ['place', text.place],
    ['name', text.name],
    ['capacity', t.fact.capacity],
    ['kind', t.fact.kind],
    ['access', t.fact.access],
    ['fee', t.fact.fee],
    ['openingHours', t.fact.hours],
    ['maxStay', t.fact.maxStay],
    ['covered', t.fact.covered],
    ['lit', t.fact.lit],
    ['surveillance', t.fact.surveillance],
    ['anchors', t.fact.anchors],
    ['charging', t.fact.charging],
    ['surface', t.fact.surface],
    ['operator', t.fact.operator],
    ['signText', t.fact.sign],
    ...VEHICLES.map((vehicle) => [`vehicles.${vehicle}`, t.vehicles[vehicle]] as const),
  ]
}

/** The facts of a zone with their sources; empty if the API's answer has no provenance. */
export function factSourcesOf(zone: Pick<ZoneBody, 'provenance' | 'sources'>, words: Words): readonly FactSource[] {
  const nameOf = (id: string): string => zone.sources.find((source) => source.id === id)?.name ?? id
  return labelsOf(words).flatMap(([field, label]) => {
    const claims = zone.provenance?.[field] ?? []
    const shown = claims.find((claim) => claim.shown)
    if (shown === undefined) return []
    const value = valueText(field, shown.value, words)
    const others = claims.flatMap((claim) => {
      if (claim === shown) return []
      const claimed = valueText(field, claim.value, words)
      // A source that lists the zone in parts makes one claim for each: only the first is shown.
      if (claims.findIndex((one) => one.source === claim.source) < claims.indexOf(claim)) return []
      return { source: nameOf(claim.source), value: claimed, agrees: claimed === value }
    })
    return { field, label, value, source: nameOf(shown.source), asOf: shown.asOf, others }
  })
}

/** "City says 8; OpenStreetMap says 6"; null without disagreement, and for positions, which always differ a little. */
export function disagreement({ field, source, value, others }: FactSource, text: ProvenanceMessages): string | null {
  const differing = others.filter(({ agrees }) => !agrees)
  if (differing.length === 0 || field === 'place') return null
  return text.disagree([text.says(source, value), ...differing.map((one) => text.says(one.source, one.value))])
}

function valueText(field: string, value: FactClaimBody['value'], { t, format, text }: Words): string {
  if (typeof value === 'object') return value.outline ? text.drawn : text.point
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number') return field === 'maxStay' ? format.duration(value) : format.count(value)
  const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    kind: t.kinds,
    access: t.access,
    fee: t.fees,
    vehicles: t.mayPark,
  }
  if (field === 'surface') return surfaceText(value, t.surfaces)
  if (field === 'openingHours') return hoursText(value, { text: t, format })
  return lists[field.split('.')[0] ?? field]?.[value] ?? value
}
