import type { FactClaimBody, ZoneBody } from '@kickstand/contract'
import { PLAIN_FIELDS, VEHICLES, ZONE_FIELDS } from '@kickstand/domain'
import type { PageText } from '#i18n/i18n.ts'
import { factText, mapWord, type FactWords } from './fact-words.ts'

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
function labelsOf({ t, p }: FactWords): readonly (readonly [string, string])[] {
  const facts = PLAIN_FIELDS.flatMap((name) => {
    const { label } = ZONE_FIELDS[name]
    return label === null ? [] : [[name, p(`fact.${label}`)] as const]
  })
  const vehicles = VEHICLES.map((vehicle) => [`vehicles.${vehicle}`, t(`vehicle.${vehicle}`)] as const)
  return [['place', p('sources.place')], ['name', p('sources.name')], ...facts, ...vehicles]
}

/** The facts of a zone with their sources; empty if the API's answer has no provenance. */
export function factSourcesOf(zone: Pick<ZoneBody, 'provenance' | 'sources'>, words: FactWords): readonly FactSource[] {
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
export function disagreement({ field, source, value, others }: FactSource, p: PageText): string | null {
  const differing = others.filter(({ agrees }) => !agrees)
  if (differing.length === 0 || field === 'place') return null
  return differing
    .map((one) => p('sources.says', { source: one.source, value: one.value }))
    .reduce((first, other) => p('sources.differ', { first, other }), p('sources.says', { source, value }))
}

function valueText(field: string, value: FactClaimBody['value'], words: FactWords): string {
  const { p } = words
  if (typeof value === 'object' && 'lat' in value) return p(value.outline ? 'sources.drawn' : 'sources.point')
  const name = PLAIN_FIELDS.find((one) => one === field)
  if (name !== undefined) return factText(name, value, words)
  if (typeof value === 'object') return ''
  return mapWord(['yes', 'no', 'unknown'], String(value), (answer) => p(`mayPark.${answer}`)) ?? String(value)
}
