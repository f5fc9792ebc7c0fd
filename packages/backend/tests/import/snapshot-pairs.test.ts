import { distance, DomainError } from '@kickstand/domain'
import { sharedData } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { readPath } from '@kickstand/testkit/read-files'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '#db/schema.ts'
import type { FileReport } from '#features/zones/import-file.ts'
import { CHANGES } from './change-snapshots.ts'
import { type Importer, openImporter } from './importer.ts'
import { type Format, pairProfile, randomOf, round, type Table, townOf, written } from './make-snapshots.ts'

const PAIRS = { sqlite: 1000, mariadb: 60 }
/** One in so many pairs uses zones of a real file. */
const REAL_FILE_EVERY = 5
const FULL_CHECK_EVERY = 100
const REAL_FILES: readonly [file: string, profile: string | null][] = [
  ['city/sf-unmetered-motorcycle.socrata.json', 'sf-unmetered'],
  ['city/vitoria-gasteiz-motos.json', 'vitoria'],
  ['city/esslingen-epsg25832.geojson', 'esslingen'],
  ['osm/monaco-2025-11-08.motorcycle.overpass.json', null],
]
const CODES = ['snapshot-rejected', 'unreadable-file', 'incomplete-file']

type Zones = ReadonlyMap<string, Row<'zones'>>

/** The zones of real files, as tables of ten rows each. */
async function realTables(): Promise<Table[]> {
  const tables: Table[] = []
  for (const [file, profile] of REAL_FILES) {
    const path = sharedData(file)
    if (path === null) continue
    const { zones } = await readPath(path, { profile })
    const rows = zones.map(({ facts: { lat, lng, name, capacity } }, i) => {
      const street = (name ?? `Bay ${i}`).replaceAll(/[",\n]/g, ' ')
      return { id: `${100 + i}`, lat: round(lat), lng: round(lng), street, spaces: capacity ?? '', keeper: 'Town' }
    })
    for (let from = 0; from + 10 <= rows.length; from += 10) {
      tables.push({ rows: rows.slice(from, from + 10), date: '2026-03-01T00:00:00Z' })
    }
  }
  return tables
}

/** Moves a table to the position of a made-up town, so that the zones of different pairs do not overlap. */
function placedIn(table: Table, town: Table): Table {
  const [from = {}] = table.rows
  const [to = {}] = town.rows
  const shifted = (column: 'lat' | 'lng', cell: string | number | undefined): number => {
    return round(Number(cell) - Number(from[column]) + Number(to[column]))
  }
  const rows = table.rows.map((row) => {
    return { ...row, lat: shifted('lat', row['lat']), lng: shifted('lng', row['lng']) }
  })
  return { ...table, rows }
}

/** Two successive files of one source. `how` describes the difference. */
type Pair = {
  readonly first: string
  readonly second: string
  readonly name: string
  readonly format: Format
  readonly how: string
}

function pairOf(seed: number, real: readonly Table[]): Pair {
  const random = randomOf(seed)
  const isReal = real.length > 0 && seed % REAL_FILE_EVERY === 0
  // Towns are at least a degree apart, so that pairs do not overlap.
  const town = townOf(random, -55 + (seed % 110), -170 + 5 * Math.floor(seed / 110) + 0.5)
  const chosen = isReal ? real[Math.floor(random() * real.length)] : undefined
  const table = chosen === undefined ? town : placedIn(chosen, town)
  const format = (['csv', 'geojson', 'overpass'] as const)[Math.floor(random() * 3)] ?? 'csv'
  const names = Object.keys(CHANGES)
  const some = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => names[Math.floor(random() * names.length)] ?? '',
  )
  const changed = some.reduce((now, name) => CHANGES[name](now, random), table)
  const whole = written(changed, format)
  const isCut = random() < 0.2
  const second = isCut ? whole.slice(0, Math.floor(random() * whole.length)) : whole
  const how = [isReal ? 'real' : 'made up', format, ...some, ...(isCut ? [`cut at ${second.length}`] : [])].join(', ')
  const name = format === 'csv' ? 'list.csv' : 'list.json'
  return { first: written(table, format), second, name, format, how: `seed ${seed}: ${how}` }
}

/** A zone without the time of writing. */
function bare({ updated_at: _at, ...zone }: Row<'zones'>): object {
  return zone
}

function isSame(a: Row<'zones'> | undefined, b: Row<'zones'> | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(bare(a)) === JSON.stringify(bare(b))
}

/** Checks that the report lists every change of a zone with the right kind, and nothing that did not happen. */
function expectAccounted(how: string, before: Zones, now: readonly Row<'zones'>[], report: FileReport | null): void {
  const lines = Map.groupBy(report?.changes ?? [], ({ zoneId }) => zoneId)
  for (const zone of now) {
    const was = before.get(zone.id)
    if (isSame(was, zone)) continue
    const kinds = lines.get(zone.id)?.map(({ kind }) => kind) ?? []
    expect(kinds.length, `${how}: ${zone.id} (${zone.name}) changed without a line`).toBeGreaterThan(0)
    if (was === undefined) {
      expect(['added', 'joined', 'updated'], how).toContain(kinds[0])
      continue
    }
    const metres = distance(was.lat, was.lng, zone.lat, zone.lng)
    // No faulty file may overwrite a good position.
    expect(metres, `${how}: ${zone.id} jumped`).toBeLessThanOrEqual(5000)
    if (metres > 500) {
      const reported = lines.get(zone.id)?.map((line) => line.metres ?? 0) ?? []
      expect(
        reported.some((one) => Math.abs(one - metres) < 2),
        `${how}: ${zone.id} moved ${metres} m, reported ${reported.join()}`,
      ).toBe(true)
    }
    if (was.status === 'active' && zone.status !== 'active') {
      expect(
        kinds.some((kind) => ['missing', 'retired', 'merged', 'rekeyed'].includes(kind)),
        `${how}: ${zone.id} was lost`,
      ).toBe(true)
    }
  }
  const here = new Map(now.map((zone) => [zone.id, zone]))
  for (const { kind, zoneId } of report?.changes ?? []) {
    if (kind === 'added') expect(here.has(zoneId), `${how}: ${zoneId} was not added`).toBe(true)
    if (kind === 'missing') expect(here.get(zoneId)?.status, how).toBe('missing')
  }
}

/** Checks that a note explains zones which are not in the file and are kept. */
function expectAbsentReported(how: string, standing: number, report: FileReport): void {
  const kinds = report.changes.map(({ kind }) => kind)
  const listed = kinds.filter((kind) => ['held', 'missing', 'retired', 'rekeyed'].includes(kind)).length
  if (report.unchanged + report.updated + listed >= standing) return
  expect(report.notes.join('\n') + report.rejections.map(({ reason }) => reason).join(), how).not.toBe('')
}

forEachEngine((engine) => {
  describe('an import of the next file of a source', () => {
    let importer: Importer
    beforeEach(async () => {
      importer = await openImporter(engine)
    })
    afterEach(() => importer.close())

    async function changedSince(at: number): Promise<Row<'zones'>[]> {
      return importer.database.db.selectFrom('zones').selectAll().where('updated_at', '>=', at).execute()
    }

    async function second(pair: Pair, sourceId: string): Promise<FileReport | null> {
      const profile = pair.format === 'overpass' ? null : pairProfile(sourceId)
      try {
        return await importer.text(pair.name, pair.second, { profile, sourceId })
      } catch (error) {
        if (error instanceof DomainError && CODES.includes(error.code)) return null
        throw new Error(pair.how, { cause: error })
      }
    }

    it(
      'names every zone that it adds, loses, moves or holds, however the file differs',
      { timeout: 600_000 },
      async ({ annotate }) => {
        importer.clock.advance(Date.parse('2026-05-01T00:00:00Z') - importer.clock.now())
        const real = await realTables()
        if (real.length === 0) await annotate('Without the real files in the shared data: made-up towns only.')
        const outcomes = { rejected: 0, taken: 0, changed: 0, held: 0 }
        let known = new Map<string, Row<'zones'>>()
        for (let seed = 1; seed <= PAIRS[engine.name]; seed += 1) {
          const pair = pairOf(seed, real)
          const sourceId = `pair-${seed}`
          const profile = pair.format === 'overpass' ? null : pairProfile(sourceId)
          await importer.text(pair.name, pair.first, { profile, sourceId })
          for (const zone of await changedSince(importer.clock.now())) known.set(zone.id, zone)
          const standing = await importer.database.db
            .selectFrom('zone_sources')
            .select('ref')
            .where('source_id', '=', sourceId)
            .execute()
          const report = await second(pair, sourceId)
          const now = await changedSince(importer.clock.now())
          expectAccounted(pair.how, known, now, report)
          if (report === null) expect(now, pair.how).toEqual([])
          else expectAbsentReported(pair.how, standing.length, report)
          for (const zone of now) known.set(zone.id, zone)
          outcomes[report === null ? 'rejected' : 'taken'] += 1
          if (now.length > 0) outcomes.changed += 1
          if (report?.changes.some(({ kind }) => kind === 'held') === true) outcomes.held += 1
          if (seed % FULL_CHECK_EVERY !== 0 && seed !== PAIRS[engine.name]) continue
          // No zone changed without a new time of writing.
          const all = await importer.zones()
          for (const zone of all) expect(isSame(known.get(zone.id), zone), `${pair.how}: ${zone.id}`).toBe(true)
          expect(all).toHaveLength(known.size)
          known = new Map(all.map((zone) => [zone.id, zone]))
        }
        // All outcomes occur. Otherwise the checks above would prove little.
        for (const [outcome, count] of Object.entries(outcomes)) {
          expect(count, outcome).toBeGreaterThan(PAIRS[engine.name] / 50)
        }
      },
    )
  })
})
