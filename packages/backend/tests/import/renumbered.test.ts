import { aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import type { SnapshotRow, SourceZone, ZoneFacts } from '@kickstand/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { type Importer, openImporter } from './importer.ts'

const CITY = aSource({ id: 'city', trust: 'official' })
const OSM = aSource({ id: 'osm', trust: 'community' })

/** Bays 220 m apart; `ref` names each. */
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

  async function snapshot(rows: readonly SnapshotRow[], source = CITY, dryRun = false) {
    importer.clock.advance(3_600_000)
    return importSnapshot(importer.deps, { source, rows, dryRun, acceptMoves: true })
  }
  /** The positions of the zones on the map, by id. */
  async function places(): Promise<Record<string, number>> {
    const standing = (await importer.zones()).filter(({ status }) => status !== 'retired')
    return Object.fromEntries(standing.map(({ id, lng }) => [id, Number(lng.toFixed(4))]))
  }

  describe('a source that renumbers its objects', () => {
    it('keeps its zones, alone and with another source, with a report line for each', async () => {
      await snapshot(
        bays(10, (i) => `node/${100 + i}`),
        OSM,
      )
      await snapshot(bays(10, (i) => `b${i}`))
      const before = await places()
      expect(Object.keys(before)).toHaveLength(10)
      const trial = await snapshot(
        bays(10, (i) => `z${i}`),
        CITY,
        true,
      )
      const report = await snapshot(bays(10, (i) => `z${i}`))
      expect(report).toMatchObject({ added: 0, joined: 0, updated: 10, rekeyed: 10, missing: 0, retired: 0, held: 0 })
      expect(report.changes.map(({ kind, ref, formerRef }) => [kind, ref, formerRef])).toEqual(
        bays(10, (i) => `z${i}`).map(({ ref }, i) => ['rekeyed', ref, `b${i}`]),
      )
      expect(trial.changes).toEqual(report.changes)
      expect(await places()).toEqual(before)
      const next = await snapshot(bays(10, (i) => `z${i}`, { capacity: 5 }))
      expect(next).toMatchObject({ updated: 10, rekeyed: 0, added: 0, notes: [] })
      expect(await snapshot(bays(10, (i) => `z${i}`, { capacity: 5 }))).toMatchObject({ unchanged: 10, updated: 0 })
      expect(await snapshot(bays(10, (i) => `b${i}`, { capacity: 6 }))).toMatchObject({ rekeyed: 10, added: 0 })
      expect(await places()).toEqual(before)
      const osm = await snapshot(
        bays(10, (i) => `way/${i}`),
        OSM,
      )
      expect(osm).toMatchObject({ rekeyed: 10, added: 0, joined: 0 })
      expect(await places()).toEqual(before)
    })

    it.each([1, 3, 9])('keeps its zones where references shift by %i, and new and old ones live on', async (by) => {
      await snapshot(bays(10, (i) => `r${i}`))
      const before = await places()
      const shifted = bays(10, (i) => `r${i + by}`)
      const report = await snapshot(shifted)
      expect(report).toMatchObject({ rekeyed: 10, added: 0, missing: 0, held: 0 })
      expect(await places()).toEqual(before)
      expect(await snapshot(shifted)).toMatchObject({ unchanged: 10 })
      // The freed reference is assigned to a new place.
      const far = aSourceZone({ name: 'Far Lane', lat: 48.9, lng: 9.9 }, 'r0')
      expect(await snapshot([far, ...shifted])).toMatchObject({ added: 1, unchanged: 10 })
      const after = await places()
      expect(after).toMatchObject(before)
      expect(Object.keys(after)).toHaveLength(11)
      expect(await snapshot([far, ...shifted])).toMatchObject({ unchanged: 11 })
    })

    it('keeps its zones where two references are swapped, and where one of a pair is gone', async () => {
      await snapshot(bays(10, (i) => `r${i}`))
      const before = await places()
      const swapped = bays(10, (i) => `r${i === 0 ? 1 : i === 1 ? 0 : i}`)
      expect(await snapshot(swapped)).toMatchObject({ rekeyed: 2, unchanged: 8 })
      expect(await places()).toEqual(before)
      const gone = bays(10, (i) => `r${i === 4 ? 5 : i}`).filter((_, i) => i !== 5)
      const report = await snapshot(gone)
      expect(report).toMatchObject({ missing: 1 })
      expect(report.changes.filter(({ kind }) => kind === 'missing')).toMatchObject([{ name: 'Street 5' }])
      expect(await places()).toEqual(before)
    })

    it('keeps the zone of an object that was deleted and redrawn, also a few metres off, and after it was retired', async () => {
      const nodes = bays(12, (i) => `node/${i}`)
      await snapshot(nodes, OSM)
      const before = await places()
      const redrawn = nodes.map((zone, i) => (i === 5 ? { ...zone, ref: 'way/900' } : zone))
      expect(await snapshot(redrawn, OSM)).toMatchObject({ rekeyed: 1, added: 0, missing: 0 })
      expect(await places()).toEqual(before)
      const moved = redrawn.map((zone, i) =>
        i === 5 ? { ref: 'way/901', facts: { ...zone.facts, name: null, lat: zone.facts.lat + 0.0001 } } : zone,
      )
      const report = await snapshot(moved, OSM)
      expect(report.changes).toMatchObject([{ kind: 'rekeyed', formerRef: 'way/900', ref: 'way/901', metres: 11 }])
      expect(await places()).toEqual(before)
      const without = moved.filter((_, i) => i !== 5)
      await snapshot(without, OSM)
      await snapshot(
        without.map((zone) => ({ ...zone, facts: { ...zone.facts, capacity: 7 } })),
        OSM,
      )
      expect(Object.keys(await places())).toHaveLength(11)
      expect(await snapshot([...without, { ...nodes[5], ref: 'node/77' }], OSM)).toMatchObject({ added: 0, rekeyed: 1 })
      expect(await places()).toEqual(before)
    })

    it('restores a place whose reference was assigned to another place, under its own zone', async () => {
      await snapshot(bays(20, (i) => `r${i}`))
      const before = await places()
      const [first, second, ...others] = bays(20, (i) => `r${i}`)
      // The first is removed, and the second is listed under its reference.
      await snapshot([{ ...second, ref: 'r0' }, ...others])
      expect(await snapshot([{ ...second, ref: 'r0' }, { ...first, ref: 'r1' }, ...others])).toMatchObject({
        added: 0,
        rekeyed: 1,
      })
      expect(await places()).toEqual(before)
    })

    it('does not add a place again that may only have been moved and renumbered', async () => {
      await snapshot(bays(10, (i) => `r${i}`, { name: null }))
      const before = await places()
      const rows = bays(10, (i) => `n${i}`, { name: null, lat: 48.7405 })
      const report = await snapshot(rows)
      expect(report).toMatchObject({ added: 0, missing: 0, retired: 0, held: 20 })
      expect(report.changes.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'held'))
      expect(await places()).toEqual(before)
      const elsewhere = bays(10, (i) => `e${i}`, { name: null, lat: 48.8 })
      expect(await snapshot(elsewhere)).toMatchObject({ added: 10, held: 10 })
    })

    it('reads live data under its current references', async () => {
      const { zonesByRef } = await import('#features/zones/read-zones.ts')
      await snapshot(bays(3, (i) => `r${i}`))
      const before = await zonesByRef(importer.database.db, 'city', ['r0', 'r1', 'r2'])
      await snapshot(bays(3, (i) => `r${i + 1}`))
      const after = await zonesByRef(importer.database.db, 'city', ['r0', 'r1', 'r2', 'r3'])
      const ids = (found: typeof before): string[] =>
        found.toSorted((a, b) => (a.ref < b.ref ? -1 : 1)).map(({ zoneId }) => zoneId)
      expect(after.map(({ ref }) => ref).toSorted()).toEqual(['r1', 'r2', 'r3'])
      expect(ids(after)).toEqual(ids(before))
    })
  })
})
