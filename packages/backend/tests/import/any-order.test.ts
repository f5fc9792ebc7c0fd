import { ZONE_KINDS } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row as StoredRow } from '#db/schema.ts'
import { openImporter } from './importer.ts'

type Row = { id: string; lat: number; lng: number; capacity: number | null; name: string; kind: string }

const row = fc.record({
  id: fc.uuid(),
  lat: fc.double({ min: 1, max: 80, noNaN: true }),
  // Beyond 90° a swapped pair is no position: positions that look swapped, or lie on an axis, have separate rules.
  lng: fc.double({ min: 91, max: 179, noNaN: true }),
  capacity: fc.option(fc.integer({ min: 1, max: 90 })),
  name: fc.stringMatching(/^[A-Za-zÀ-ÿ"',; ]{0,20}$/),
  kind: fc.constantFrom(...ZONE_KINDS),
})
const table = fc.uniqueArray(row, { selector: (one) => one.id, minLength: 1, maxLength: 25 })

/** Faults of rows, and whether the row is rejected. */
const DAMAGES: Readonly<Record<string, { spoil: (row: Row) => Record<string, unknown>; lost: boolean }>> = {
  'capacity n/a': { spoil: (one) => ({ ...one, capacity: 'n/a' }), lost: false },
  'capacity -9': { spoil: (one) => ({ ...one, capacity: -9 }), lost: false },
  'no position': { spoil: (one) => ({ ...one, lat: '' }), lost: true },
  'position in words': { spoil: (one) => ({ ...one, lng: 'over there' }), lost: true },
  'null island': { spoil: (one) => ({ ...one, lat: 0, lng: 0 }), lost: true },
  'off the Earth': { spoil: (one) => ({ ...one, lat: 4400000, lng: 440000 }), lost: true },
}
const damage = fc.constantFrom(...Object.keys(DAMAGES))

const COLUMNS = ['id', 'lat', 'lng', 'capacity', 'name', 'kind'] as const

function csv(rows: readonly Record<string, unknown>[]): string {
  const cell = (value: unknown): string =>
    `"${(typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)).replaceAll('"', '""')}"`
  return [COLUMNS.join(','), ...rows.map((one) => COLUMNS.map((column) => cell(one[column])).join(','))].join('\r\n')
}

function geojson(rows: readonly Record<string, unknown>[]): string {
  const features = rows.map(({ lat, lng, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry: typeof lat === 'number' && typeof lng === 'number' ? { type: 'Point', coordinates: [lng, lat] } : null,
  }))
  return JSON.stringify({ type: 'FeatureCollection', features })
}

function bare({ created_at: _made, updated_at: _changed, ...zone }: StoredRow<'zones'>): object {
  return zone
}

forEachEngine((engine) => {
  describe('an import', () => {
    it('has the same result for any order, repetition and format of the rows', { timeout: 180_000 }, async () => {
      const importer = await openImporter(engine)
      let run = 0
      await fc.assert(
        fc.asyncProperty(table, fc.infiniteStream(fc.nat()), async (rows, stream) => {
          run += 1
          const order = rows.map((one) => ({ one, at: stream.next().value ?? 0 }))
          const shuffled = order.toSorted((a, b) => a.at - b.at).map(({ one }) => one)
          const repeated = [...shuffled, ...rows.filter((_, i) => i % 3 === 0)]
          const first = await importer.text('rows.csv', csv(rows), { sourceId: `s${run}` })
          const before = (await importer.zones()).map(bare)
          const second = await importer.text('rows.csv', csv(repeated), { sourceId: `s${run}` })
          const third = await importer.text('rows.json', geojson(shuffled), { sourceId: `s${run}` })
          expect([first.added + first.joined, first.rejected]).toEqual([rows.length, 0])
          expect(second).toMatchObject({ added: 0, updated: 0, unchanged: rows.length, missing: 0 })
          expect(second.rejected).toBe(repeated.length - rows.length)
          expect(third).toMatchObject({ added: 0, updated: 0, unchanged: rows.length, missing: 0 })
          expect((await importer.zones()).map(bare)).toEqual(before)
        }),
        { numRuns: 15 },
      )
      await importer.close()
    })

    it('rejects only the damaged rows of a table, and names each', { timeout: 180_000 }, async () => {
      const importer = await openImporter(engine)
      let run = 0
      await fc.assert(
        fc.asyncProperty(table, fc.array(damage, { maxLength: 25 }), fc.boolean(), async (rows, damages, asCsv) => {
          run += 1
          const spoiled = rows.map((one, i) => {
            const how = DAMAGES[damages[i] ?? '']
            return how === undefined ? one : how.spoil(one)
          })
          const hit = rows.map((_, i) => DAMAGES[damages[i] ?? '']).filter((how) => how !== undefined)
          const lost = hit.filter((how) => how.lost).length
          const content = asCsv ? csv(spoiled) : geojson(spoiled)
          const report = await importer.text(asCsv ? 'rows.csv' : 'rows.json', content, { sourceId: `d${run}` })
          expect([report.added + report.joined, report.rejected]).toEqual([rows.length - lost, lost])
          expect(report.complete).toBe(true)
          expect(report.rejections).toHaveLength(lost)
          expect(report.warned).toBe(hit.length - lost)
          for (const { where, reason } of [...report.rejections, ...report.warnings]) {
            expect(where).toMatch(/^(?:line|feature) \d+$/)
            expect(reason).not.toBe('')
          }
        }),
        { numRuns: 25 },
      )
      await importer.close()
    })
  })
})
