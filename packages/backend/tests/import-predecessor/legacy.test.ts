import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importPredecessor, openPredecessor, rollBackImport, type PredecessorMapping } from '@kickstand/backend'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine, onNetworkEngine } from '@kickstand/testkit/engines'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '#db/open-database.ts'
import { useService, type ServiceUnderTest } from '../support/use-service.ts'
import { DUMP, EXPORT } from './legacy-data.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-legacy-'))
  writeFileSync(path.join(folder, 'dump.sql'), DUMP)
  writeFileSync(path.join(folder, 'cut.sql'), DUMP.slice(0, DUMP.indexOf('(4,1,1')))
  writeFileSync(path.join(folder, 'export.json'), JSON.stringify(EXPORT))
})
afterAll(() => rmSync(folder, { recursive: true }))

const depsOf = ({ service: { context }, clock }: ServiceUnderTest) => ({
  database: context.database,
  eventLog: context.eventLog,
  clock: clock.now,
  actor: AN_ACTOR,
})

async function bring(service: ServiceUnderTest, file: string, id: string, dryRun = false) {
  const mappings: PredecessorMapping[] = []
  const place = file.includes('://') ? file : path.join(folder, file)
  const from = await openPredecessor(place)
  try {
    const onMapped = (mapping: PredecessorMapping): void => void mappings.push(mapping)
    const report = await importPredecessor(depsOf(service), { from, id, dryRun, onMapped })
    await service.service.context.tail.catchUp()
    return { report, mappings }
  } finally {
    await from.close()
  }
}

async function countAll({ service: { context } }: ServiceUnderTest): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['sources', 'zones', 'zone_sources', 'reports', 'riders']) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
      context.database.db,
    )
    counts[table] = rows[0]?.n ?? -1
  }
  return counts
}

const COUNTS = {
  zones: { read: 5, imported: 2, alreadyImported: 0, rejected: 3 },
  users: { read: 2, imported: 1, rejected: 1 },
  reports: { read: 11, imported: 3, alreadyImported: 0, rejected: 8 },
  images: { read: 2, imported: 1, rejected: 1 },
}

forEachEngine((engine) => {
  describe.each(['dump.sql', 'export.json'])('%s', (file) => {
    const service = useService(engine, { zones: [{ id: 'ownzone01', lat: 37.8, lng: -122.4 }] })

    it('is checked row by row, and a dry run writes nothing', async () => {
      const before = await countAll(service())
      const { report, mappings } = await bring(service(), file, 'legacy', true)
      expect(report).toMatchObject({
        agrees: true,
        dryRun: true,
        stored: null,
        unknownTables: ['sessions'],
        tables: COUNTS,
      })
      expect(report.capacity).toEqual({ read: 32, imported: 12, rejected: 20 })
      expect(report.tables.zones.ignoredColumns).toContain('colour')
      expect(report.tables.users.ignoredColumns).toContain('email')
      expect(JSON.stringify(mappings)).not.toMatch(/ada@|secret/)
      expect(mappings).toContainEqual(expect.objectContaining({ table: 'images', path: 'uploads/1.jpg' }))
      expect(await countAll(service())).toEqual(before)
    })

    it('gives a reason for each rejection', async () => {
      const { report } = await bring(service(), file, 'legacy', true)
      const reasons = [...report.tables.zones.examples, ...report.tables.reports.examples]
        .map(({ reason }) => reason)
        .join('\n')
      for (const part of [
        /Atlantic/,
        /switched off/,
        /13 free spaces of 12 are implausible/,
        /dancing/,
        /zone is not there/,
        /whose capacity is unknown/,
        /neither a count/,
      ]) {
        expect(reasons).toMatch(part)
      }
    })

    it('is imported once, however often the import runs, and is on the map', async () => {
      const { report, mappings } = await bring(service(), file, 'legacy')
      expect(report).toMatchObject({ agrees: true, tables: COUNTS, stored: { zones: 2, spaces: 12, reports: 3 } })
      const again = await bring(service(), file, 'legacy')
      expect(again.report.tables.reports).toMatchObject({ imported: 0, alreadyImported: 3 })
      expect(again.report).toMatchObject({ agrees: true, stored: report.stored })

      const zone = mappings.find(({ table }) => table === 'zones')?.id ?? ''
      const answer = await service().get(`/v1/zones/${zone}/reports`)
      const { reports } = (await answer.json()) as { reports: { kind: string; count: number; observedAt: string }[] }
      expect(reports.map(({ kind }) => kind).toSorted()).toEqual(['count', 'level'])
      expect(reports.every(({ observedAt }) => observedAt.startsWith('2025-11-05T08:30:00'))).toBe(true)
      const shown = (await (await service().get(`/v1/zones/${zone}`)).json()) as { name: string; capacity: number }
      expect(shown).toMatchObject({ name: "King's Row", capacity: 12, availability: { state: 'unknown' } })
    })

    it('is rolled back exactly, except for zones with reports since', async () => {
      const { mappings } = await bring(service(), file, 'legacy', true)
      const [first = '', second = ''] = mappings.flatMap(({ table, id }) =>
        table === 'zones' && id !== null ? [id] : [],
      )
      const posted = await service().post('/v1/reports', { zoneId: first, kind: 'count', count: 2 })
      expect(posted.status).toBe(201)
      const done = await rollBackImport(depsOf(service()), 'legacy')
      expect(done).toMatchObject({ zones: 1, kept: 1, reports: 3, riders: 2 })
      await service().service.context.tail.catchUp()
      expect((await service().get(`/v1/zones/${second}`)).status).toBe(404)
      expect((await service().get('/v1/zones/ownzone01')).status).toBe(200)
      const answer = await service().get(`/v1/zones/${first}/reports`)
      expect(((await answer.json()) as { reports: object[] }).reports).toHaveLength(1)
      expect(await countAll(service())).toEqual({ sources: 2, zones: 2, zone_sources: 2, reports: 1, riders: 1 })
    })
  })

  describe('an import', () => {
    const service = useService(engine)

    it('leaves nothing behind if there are no reports since', async () => {
      const before = await countAll(service())
      await bring(service(), 'dump.sql', 'legacy-a')
      await rollBackImport(depsOf(service()), 'legacy-a')
      expect(await countAll(service())).toEqual(before)
      await expect(rollBackImport(depsOf(service()), 'legacy-a')).rejects.toThrow(/no import with the id legacy-a/)
    })

    it('of a truncated dump does not match, and imports the complete rows', async () => {
      const { report } = await bring(service(), 'cut.sql', 'legacy-b', true)
      expect(report.agrees).toBe(false)
      expect(report.tables.reports).toMatchObject({ imported: 3 })
    })

    it('cannot have the id of a source of other data', async () => {
      await expect(bring(service(), 'dump.sql', 'osm')).rejects.toThrow(/cannot be called/)
      await expect(rollBackImport(depsOf(service()), 'test-city')).rejects.toThrow(/cannot be called/)
    })
  })
})

onNetworkEngine((engine) => {
  const service = useService(engine)

  it('the predecessor’s own database is read while it runs, decimals as texts and dates as dates', async () => {
    const legacy = await engine.openEmpty()
    const { db, close } = connectDatabase(legacy.url)
    // Strict mode does not allow zero dates.
    const statements = DUMP.replace('0000-00-00 00:00:00', '1990-01-01 00:00:00').split(/;\n/)
    for (const statement of statements) if (statement.trim() !== '') await sql.raw(statement).execute(db)
    await close()
    const { report } = await bring(service(), legacy.url, 'legacy')
    expect(report).toMatchObject({ agrees: true, tables: COUNTS, unknownTables: ['sessions'] })
    expect(report.stored).toEqual({ zones: 2, spaces: 12, reports: 3 })
    await legacy.dispose()
  })
})
