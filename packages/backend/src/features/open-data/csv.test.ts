import { everyVehicle } from '@kickstand/domain'
import { OPEN_ZONE_FIELDS } from '@kickstand/contract'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvHeader, csvLine } from './csv.ts'

describe('a cell', () => {
  it('is readable by any reader of RFC 4180, whatever it contains', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (texts) => {
        const [cells] = parse(`${texts.map(csvCell).join(',')}\r\n`, { relax_column_count: true })
        expect(cells).toEqual(texts.map((text) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)))
      }),
    )
  })

  it('is never a formula, and a number stays one', () => {
    for (const text of ['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1']) {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/)
    }
    expect(csvCell(-122.4)).toBe('-122.4')
    expect([csvCell(null), csvCell(false), csvCell('a=b')]).toEqual(['', 'false', 'a=b'])
  })
})

it('a line has a cell for every column, each fact in its own', () => {
  const facts = Object.fromEntries(OPEN_ZONE_FIELDS.map((name) => [name, null]))
  const zone = {
    ...facts,
    id: 'zone00001',
    lat: -16.8,
    lng: 179.9,
    vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes' as const },
    sources: [
      { id: 'osm', ref: 'node/1' },
      { id: 'gone', ref: '7' },
    ],
    licences: ['ODbL-1.0', 'unknown'],
  }
  const source = { name: 'OSM', licence: 'ODbL-1.0', licenceUrl: null, attribution: '© OpenStreetMap', url: null }
  const terms = new Map([['osm', { ...source, id: 'osm', simulated: false, zones: 1, importedAt: null }]])
  const [read] = parse<Record<string, string>>(csvHeader() + csvLine(zone as never, terms), { columns: true })
  expect(read).toMatchObject({
    id: 'zone00001',
    lat: '-16.8',
    capacity: '',
    'vehicles.motorcycle': 'yes',
    'vehicles.heavy': 'unknown',
    sources: 'osm node/1; gone 7',
    licences: 'ODbL-1.0; unknown',
    attribution: 'unknown; © OpenStreetMap',
  })
  expect(Object.keys(read ?? {})).not.toContain('outline')
})
