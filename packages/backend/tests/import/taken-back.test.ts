import type { SnapshotRow, SourceInfo, SourceZone, ZoneFacts } from '@kickstand/domain'
import { AN_ACTOR, aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { removeSource } from '#features/zones/remove-source.ts'
import { upsertClaim } from '#features/zones/upsert-claim.ts'
import { undoSource } from '#features/zones/undo-source.ts'
import { type Importer, openImporter } from './importer.ts'

const CITY = aSource({ id: 'city', trust: 'official' })
const OSM = aSource({ id: 'osm', trust: 'community' })
const RIDERS = aSource({ id: 'riders', trust: 'riders' })

function bays(count: number, ref: (i: number) => string, facts: Partial<ZoneFacts> = {}): SourceZone[] {
  return Array.from({ length: count }, (_, i) =>
    aSourceZone({ name: `Street ${i}`, lat: 48.74, lng: 9.3 + i * 0.003, capacity: 4, ...facts }, ref(i)),
  )
}

forEachEngine((engine) => {
  let importer: Importer
  beforeEach(async () => {
    importer = await openImporter(engine)
  })
  afterEach(async () => {
    await importer.close()
  })

  async function snapshot(rows: readonly SnapshotRow[], source: SourceInfo = CITY) {
    importer.clock.advance(3_600_000)
    return importSnapshot(importer.deps, { source, rows, acceptMoves: true, acceptRemovals: true })
  }
  const deps = () => ({ ...importer.deps, database: importer.database, actor: AN_ACTOR })
  /** All zones on the map with their facts. */
  async function map(): Promise<unknown> {
    const standing = (await importer.zones()).filter(({ status }) => status !== 'retired')
    return standing.map(({ updated_at: _at, ...zone }) => zone)
  }
  const cityRefs = (i: number): string => `c${i}`

  describe('a mistaken import', () => {
    it.each<[string, SourceZone[]]>([
      ['changed every capacity', bays(10, cityRefs, { capacity: 99 })],
      ['took most zones away', bays(2, cityRefs)],
      ['added zones', [...bays(10, cityRefs), ...bays(5, (i) => `n${i}`, { lat: 49.5 })]],
      ['moved them', bays(10, cityRefs, { lat: 48.75 })],
      ['renumbered them', bays(10, (i) => `z${i}`)],
      ['shifted its ids and added a place', bays(11, (i) => `c${i + 1}`)],
      ['is of another city', bays(12, (i) => `c${i}`, { lat: 52.1, name: null })],
    ])('is undone if it %s', async (_what, mistake) => {
      await snapshot(
        bays(10, (i) => `node/${i}`, { covered: true }),
        OSM,
      )
      await snapshot(bays(10, cityRefs))
      const before = await map()
      await snapshot(mistake)
      const changed = await map()
      const trial = await undoSource(deps(), 'city', true)
      expect(await map()).toEqual(changed)
      const undone = await undoSource(deps(), 'city')
      expect(trial).toEqual({ ...undone, dryRun: true })
      expect(undone.restored + undone.retired).toBeGreaterThan(0)
      expect(await map()).toEqual(before)
      // After the undo, the right file changes nothing, and the mistaken one can be imported again.
      expect(await snapshot(bays(10, cityRefs))).toMatchObject({ unchanged: 10, added: 0, missing: 0, retired: 0 })
      expect(await map()).toEqual(before)
      await snapshot(mistake)
      expect(await map()).toEqual(changed)
    })

    it('is undone once, the last one of its source, without an effect on other sources', async () => {
      await snapshot(bays(4, cityRefs))
      await snapshot(bays(4, cityRefs, { capacity: 9 }))
      await snapshot(
        bays(4, (i) => `node/${i}`, { covered: true }),
        OSM,
      )
      await snapshot(bays(4, cityRefs, { capacity: 9 }))
      await undoSource(deps(), 'city')
      expect((await importer.zones()).map(({ capacity, covered }) => [capacity, covered])).toEqual(
        Array.from({ length: 4 }, () => [4, 1]),
      )
      await expect(undoSource(deps(), 'city')).rejects.toThrow('was already undone')
      await expect(undoSource(deps(), 'nobody')).rejects.toThrow('no change of "nobody"')
      expect(await undoSource(deps(), null)).toMatchObject({ source: 'osm', kind: 'import', retired: 4 })
      expect((await importer.zones()).map(({ capacity, covered }) => [capacity, covered])).toEqual(
        Array.from({ length: 4 }, () => [4, null]),
      )
      await expect(undoSource(deps(), null)).rejects.toThrow('no import or removal')
      const kept = await importer.database.db.selectFrom('entries_before').select('ref').execute()
      expect(kept).toEqual([])
    })

    it('keeps later contributions of riders', async () => {
      await snapshot(bays(3, cityRefs))
      await snapshot(bays(3, cityRefs, { capacity: 9 }))
      const [{ id }] = await importer.zones()
      const word = { facts: { lit: true }, sinceOf: {}, notes: {} }
      await importer.deps.eventLog.commit((tx) =>
        upsertClaim(tx, RIDERS, id, word, importer.clock.now()).then(() => undefined),
      )
      await undoSource(deps(), 'city')
      const zone = (await importer.zones()).find((one) => one.id === id)
      expect(zone).toMatchObject({ capacity: 4, lit: 1 })
    })

    it('that was interrupted is undone together with its effects', async () => {
      await snapshot(bays(300, cityRefs))
      const before = await map()
      const { commit } = importer.deps.eventLog
      let commits = 0
      const failing: typeof importer.deps.eventLog = {
        ...importer.deps.eventLog,
        commit: (work) => {
          commits += 1
          return commits > 3 ? Promise.reject(new Error('the disk is full')) : commit(work)
        },
      }
      const mistake = bays(300, cityRefs, { capacity: 99 })
      importer.clock.advance(3_600_000)
      const broken = importSnapshot({ ...importer.deps, eventLog: failing }, { source: CITY, rows: mistake })
      await expect(broken).rejects.toThrow('the disk is full')
      expect(await map()).not.toEqual(before)
      await snapshot(mistake)
      await undoSource(deps(), 'city')
      expect(await map()).toEqual(before)
    })
  })

  describe('a source that is removed', () => {
    it('keeps zones of other sources and the ids of its own, and can be restored', async () => {
      await snapshot(
        bays(3, (i) => `node/${i}`, { covered: true }),
        OSM,
      )
      await snapshot(bays(5, cityRefs))
      const before = await map()
      const trial = await removeSource(deps(), 'city', true)
      expect(await map()).toEqual(before)
      const removed = await removeSource(deps(), 'city')
      expect(removed).toMatchObject({ source: 'city', retired: 2, kept: 3 })
      expect(trial).toEqual({ ...removed, dryRun: true })
      expect(removed.changes.map(({ kind }) => kind).toSorted()).toEqual([
        'retired',
        'retired',
        'updated',
        'updated',
        'updated',
      ])
      const zones = await importer.zones()
      expect(zones.map(({ status }) => status).toSorted()).toEqual(['active', 'active', 'active', 'retired', 'retired'])
      const source = await importer.database.db.selectFrom('sources').select(['id', 'zones']).orderBy('id').execute()
      expect(source).toEqual([
        { id: 'city', zones: 0 },
        { id: 'osm', zones: 3 },
      ])
      expect(await undoSource(deps(), null)).toMatchObject({ source: 'city', kind: 'removal', restored: 5, retired: 0 })
      expect(await map()).toEqual(before)
      await removeSource(deps(), 'city')
      await snapshot(bays(5, cityRefs))
      expect(await map()).toEqual(before)
    })

    it('must be one that is filled by files or feeds', async () => {
      await importer.deps.eventLog.commit((tx) => upsertClaim(tx, RIDERS, 'z', null, 0).then(() => undefined))
      await snapshot(bays(1, cityRefs), aSource({ id: 'demo', simulated: true }))
      await snapshot(bays(1, cityRefs), RIDERS)
      await expect(removeSource(deps(), 'nobody')).rejects.toThrow('no source "nobody"')
      await expect(removeSource(deps(), 'demo')).rejects.toThrow('demo remove')
      await expect(removeSource(deps(), 'riders')).rejects.toThrow('kickstand review')
    })
  })

  describe('a file without a source id', () => {
    const csv = 'id;lat;lng;capacity\nb1;48.74;9.3;4\n'

    it('is a source named after the file, and is rejected if one with nearly the same name exists', async () => {
      const first = await importer.text('bays.csv', csv)
      expect(first.notes).toContainEqual(expect.stringContaining('The source is "bays"'))
      for (const name of ['bays (1).csv', 'bays copy.csv', 'Bays 2026-11-28.csv', 'bays_final_2.csv']) {
        await expect(importer.text(name, csv)).rejects.toThrow('Add --source bays to update that one')
      }
      expect(await importer.text('bays (1).csv', csv, { sourceId: 'bays' })).toMatchObject({
        source: 'bays',
        unchanged: 1,
      })
      expect(await importer.text('bays (1).csv', csv, { sourceId: 'bays-1' })).toMatchObject({ source: 'bays-1' })
      expect(await importer.text('bays (1).csv', csv)).toMatchObject({ source: 'bays-1', unchanged: 1 })
      expect(await importer.text('racks.csv', csv)).toMatchObject({ source: 'racks' })
    })
  })
})
