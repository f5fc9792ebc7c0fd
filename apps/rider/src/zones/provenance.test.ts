import type { FactClaimBody } from '@kickstand/contract'
import { expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { disagreement, factSourcesOf } from './provenance.ts'

const words = await textsOf('en')
const sources = [
  { id: 'city', ref: '1', name: 'City' },
  { id: 'osm', ref: 'node/1', name: 'OpenStreetMap' },
]
const asOf = '2026-11-01T00:00:00Z'
const claim = (source: string, value: FactClaimBody['value'], shown = false): FactClaimBody => {
  return { source, value, asOf, trust: source === 'city' ? 'official' : 'community', shown }
}

function factSources(provenance: Record<string, FactClaimBody[]>): [string, string, string | null][] {
  return factSourcesOf({ provenance, sources }, words).map((fact) => [
    fact.label,
    `${fact.value} ${fact.source}`,
    disagreement(fact, words.p),
  ])
}

it('lists the source of each fact in the order of the sheet, and disagreements', () => {
  expect(
    factSources({
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

it('skips facts without a shown claim, and is empty for a zone from a list', () => {
  expect(factSources({ fee: [claim('osm', 'free')] })).toEqual([])
  expect(factSourcesOf({ sources }, words)).toEqual([])
})
