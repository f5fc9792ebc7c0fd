import type { FactClaimBody } from '@kickstand/contract'
import { expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { enSheet } from '../i18n/en-sheet.ts'
import { enProvenance } from '../i18n/en-provenance.ts'
import { makeFormat } from '../i18n/format.ts'
import { disagreement, factSourcesOf } from './provenance.ts'

const words = { t: { ...en, ...enSheet }, format: makeFormat('en'), text: enProvenance }
const sources = [
  { id: 'city', ref: '1', name: 'City' },
  { id: 'osm', ref: 'node/1', name: 'OpenStreetMap' },
]
const asOf = '2026-11-01T00:00:00Z'
const claim = (source: string, value: FactClaimBody['value'], shown = false): FactClaimBody => {
  return { source, value, asOf, trust: source === 'city' ? 'official' : 'community', shown }
}

function told(provenance: Record<string, FactClaimBody[]>): [string, string, string | null][] {
  return factSourcesOf({ provenance, sources }, words).map((fact) => [
    fact.label,
    `${fact.value} ${fact.source}`,
    disagreement(fact, enProvenance),
  ])
}

it('tells whose word each fact is, in the order of the sheet, and where sources disagree', () => {
  expect(
    told({
      'vehicles.moped': [claim('osm', 'no', true)],
      covered: [claim('osm', false, true)],
      fee: [claim('city', 'free', true), claim('osm', 'free')],
      capacity: [claim('city', 8, true), claim('osm', 6)],
      place: [claim('osm', { lat: 1, lng: 2, outline: true }, true), claim('city', { lat: 1, lng: 2, outline: false })],
    }),
  ).toEqual([
    ['Where it is', 'An outline OpenStreetMap', null],
    ['Spaces', '8 City', 'City says 8; OpenStreetMap says 6'],
    ['Fee', 'Free of charge City', null],
    ['Covered', 'No OpenStreetMap', null],
    ['Moped', 'No OpenStreetMap', null],
  ])
})

it('tells nothing of a fact that no source is believed in, and nothing of a zone from a list', () => {
  expect(told({ fee: [claim('osm', 'free')] })).toEqual([])
  expect(factSourcesOf({ sources }, words)).toEqual([])
})
