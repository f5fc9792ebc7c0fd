import { forEachEngine } from '@kickstand/testkit/engines'
import { aSource, aSourceZone } from '@kickstand/testkit'
import type { SnapshotRow, SourceZone } from '@kickstand/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zoneIdFor } from '#platform/ids.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { type Importer, openImporter } from './importer.ts'

const source = aSource()

/** Ten zones; `except` leaves some out, `capacity` changes the first. */
function ten(options: { except?: readonly number[]; capacity?: number } = {}): SourceZone[] {
  return Array.from({ length: 10 }, (_, i) =>
    aSourceZone({ name: `Zone ${i}`, lat: 40 + i / 1000, capacity: i === 0 ? (options.capacity ?? 5) : 5 }, `z${i}`),
  ).filter((_, i) => !(options.except ?? []).includes(i))
}

forEachEngine((engine) => {
  let importer: Importer
  beforeEach(async () => {
    importer = await openImporter(engine)
  })
  afterEach(async () => {
    await importer.close()
  })

  async function snapshot(rows: readonly SnapshotRow[]) {
    importer.clock.advance(3_600_000)
    return importSnapshot(importer.deps, { source, rows })
  }
  async function statusOf(ref: string): Promise<string | undefined> {
    return (await importer.zones()).find((zone) => zone.id === zoneIdFor(source.id, ref))?.status
  }

  describe('the life of a zone', () => {
    it('is added, updated, missing, retired, and back under the same id', async () => {
      expect(await snapshot(ten())).toMatchObject({ added: 10, zones: 10, spaces: 50 })
      expect(await snapshot(ten({ capacity: 6 }))).toMatchObject({ added: 0, updated: 1, unchanged: 9, spaces: 51 })

      expect(await snapshot(ten({ except: [9], capacity: 6 }))).toMatchObject({ missing: 1, retired: 0, unchanged: 9 })
      expect(await statusOf('z9')).toBe('missing')

      expect(await snapshot(ten({ except: [9], capacity: 6 }))).toMatchObject({ missing: 0, retired: 0 })
      expect(await statusOf('z9')).toBe('missing')

      expect(await snapshot(ten({ except: [9], capacity: 7 }))).toMatchObject({ missing: 0, retired: 1, updated: 1 })
      expect(await statusOf('z9')).toBe('retired')
      const shown = await importer.database.db.selectFrom('sources').select(['zones', 'spaces']).executeTakeFirst()
      expect(shown).toEqual({ zones: 9, spaces: 47 })

      expect(await snapshot(ten({ capacity: 7 }))).toMatchObject({ updated: 1, unchanged: 9, added: 0 })
      expect(await statusOf('z9')).toBe('active')
      expect(await importer.zones()).toHaveLength(10)
    })

    it('is listed in the report with each change', async () => {
      const linesOf = async (rows: readonly SnapshotRow[]): Promise<unknown[]> => {
        const { changes } = await snapshot(rows)
        return changes.map(({ kind, ref, name, metres }) => [
          kind,
          ref,
          name,
          ...(metres === undefined ? [] : [metres]),
        ])
      }
      expect(await linesOf(ten())).toEqual(ten().map(({ ref, facts }) => ['added', ref, facts.name]))
      const moved = ten({ capacity: 6, except: [9] }).map((zone) =>
        zone.ref === 'z3' ? { ...zone, facts: { ...zone.facts, lat: 40.0134 } } : zone,
      )
      expect(await linesOf(moved)).toEqual([
        ['updated', 'z0', 'Zone 0'],
        ['moved', 'z3', 'Zone 3', 1156],
        ['missing', 'z9', 'Zone 9'],
      ])
      expect(await linesOf(ten({ except: [9] }))).toEqual([
        ['updated', 'z0', 'Zone 0'],
        ['moved', 'z3', 'Zone 3', 1156],
        ['retired', 'z9', 'Zone 9'],
      ])
      expect(await linesOf(ten())).toEqual([['returned', 'z9', 'Zone 9']])
      expect(await linesOf(ten())).toEqual([])
    })

    it('is not removed by a snapshot that lost over 20 %', async () => {
      await snapshot(ten())
      await snapshot(ten({ except: [0] }))
      const report = await snapshot(ten({ except: [0, 1, 2] }))
      expect(report).toMatchObject({ missing: 0, retired: 0 })
      expect(report.notes).toEqual([expect.stringContaining('2 of 9 zones (22 %)')])
      expect([await statusOf('z0'), await statusOf('z1')]).toEqual(['missing', 'active'])
    })

    it('is not removed by a truncated file', async () => {
      await snapshot(ten())
      const broken = { end: { complete: false, note: 'It breaks off.', coverage: null } }
      const report = await snapshot([...ten({ except: [9] }), broken])
      expect(report).toMatchObject({ complete: false, missing: 0, retired: 0, unchanged: 9 })
      expect(await statusOf('z9')).toBe('active')
    })

    it('is not removed by a snapshot of another area', async () => {
      await snapshot(ten())
      const coverage = { west: -180, south: 40.0045, east: 180, north: 41 }
      const end = { end: { complete: true, note: null, coverage } }
      expect(await snapshot([...ten({ except: [0, 1, 2, 9] }), end])).toMatchObject({ missing: 1 })
      expect(await statusOf('z9')).toBe('missing')
      expect(await statusOf('z0')).toBe('active')
    })

    it('counts a repeated reference once, the first time, and says so', async () => {
      const twice = [...ten(), aSourceZone({ capacity: 99 }, 'z3')]
      const report = await snapshot(twice)
      expect(report).toMatchObject({ added: 10, rejected: 1, rejections: [{ where: 'z3' }], spaces: 50 })
      const again = await snapshot(twice)
      expect(again).toMatchObject({ unchanged: 10, updated: 0, rejected: 1 })
    })

    it('stays unchanged while its source has invalid data on it', async () => {
      await snapshot(ten())
      const nonsense = { rejected: { where: 'line 9', reason: 'has no readable position' }, ref: 'z9' }
      const report = await snapshot([...ten({ except: [9], capacity: 6 }), nonsense])
      expect(report).toMatchObject({ missing: 0, rejected: 1, updated: 1 })
      expect(await statusOf('z9')).toBe('active')
    })

    it('is not missing while as many objects are unreadable', async () => {
      await snapshot(ten())
      const broken = { rejected: { where: 'line 9', reason: 'is not valid JSON' } }
      const report = await snapshot([...ten({ except: [9], capacity: 6 }), broken])
      expect(report).toMatchObject({ missing: 0, rejected: 1 })
      expect(report.notes).toEqual([expect.stringContaining('could not be read: 1.')])
      expect(await snapshot([...ten({ except: [8, 9] }), broken])).toMatchObject({ missing: 2 })
    })

    it('belongs to its own source only', async () => {
      await snapshot(ten())
      importer.clock.advance(1000)
      const other = aSource({ id: 'elsewhere' })
      const elsewhere = ten({ except: [1] }).map(({ ref, facts }) => ({ ref, facts: { ...facts, lat: facts.lat + 1 } }))
      const report = await importSnapshot(importer.deps, { source: other, rows: elsewhere })
      expect(report).toMatchObject({ added: 9, missing: 0 })
      expect(await importer.zones()).toHaveLength(19)
      expect(await statusOf('z1')).toBe('active')
    })

    it('is announced by an event in the same commit', async () => {
      const announcedIds: string[] = []
      importer.deps.eventLog.onCommitted((events) => {
        for (const { event } of events) if (event.type === 'zones') announcedIds.push(...event.zoneIds)
      })
      await snapshot(ten())
      await snapshot(ten({ capacity: 6 }))
      await snapshot(ten({ capacity: 6, except: [9] }))
      const ids = ten().map((zone) => zoneIdFor(source.id, zone.ref))
      expect(announcedIds).toEqual([...ids, ids[0], ids[9]])
      const rows = await importer.database.db
        .selectFrom('events')
        .select('payload')
        .where('type', '=', 'zones')
        .execute()
      expect(rows).toHaveLength(3)
    })

    it('keeps what was committed when a reader fails, and resumes from there', async () => {
      async function* failing(): AsyncGenerator<SnapshotRow> {
        for (let i = 0; i < 1100; i++) yield aSourceZone({ lat: 40 + i / 10_000 }, `f${i}`)
        throw new Error('the disk is gone')
      }
      await expect(importSnapshot(importer.deps, { source, rows: failing() })).rejects.toThrow('the disk is gone')
      expect(await importer.zones()).toHaveLength(1000)
      const rows = Array.from({ length: 1100 }, (_, i) => aSourceZone({ lat: 40 + i / 10_000 }, `f${i}`))
      expect(await snapshot(rows)).toMatchObject({ added: 100, unchanged: 1000 })
    })
  })
})
