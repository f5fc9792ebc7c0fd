import type { SourceZone } from '@kickstand/domain'
import { aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { type Importer, openImporter } from './importer.ts'

const source = aSource({ id: 's' })

function bays(count: number, capacity: number): SourceZone[] {
  return Array.from({ length: count }, (_, i) =>
    aSourceZone({ name: `Street ${i}`, lat: 48.74, lng: 9.3 + i * 0.003, capacity }, `b${i}`),
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

  async function snapshot(rows: readonly SourceZone[], options: { acceptRemovals?: boolean; dryRun?: boolean } = {}) {
    importer.clock.advance(3_600_000)
    return importSnapshot(importer.deps, { source, rows, ...options })
  }
  async function statuses(): Promise<string> {
    const zones = await importer.zones()
    const count = (status: string): number => zones.filter((zone) => zone.status === status).length
    return `${count('active')} active, ${count('missing')} missing, ${count('retired')} retired`
  }

  describe('a small source', () => {
    it.each([
      [8, 6],
      [4, 3],
      [2, 1],
      [25, 12],
    ])('of %i loses all but %i at the third newer file that lacks the same', async (before, after) => {
      await snapshot(bays(before, 4))
      for (const capacity of [5, 6]) {
        const report = await snapshot(bays(after, capacity))
        expect(report).toMatchObject({ missing: 0, retired: 0, held: before - after, updated: after })
        expect(await snapshot(bays(after, capacity))).toMatchObject({ unchanged: after, retired: 0 })
        expect(await statuses()).toBe(`${before} active, 0 missing, 0 retired`)
      }
      const report = await snapshot(bays(after, 7))
      expect(report).toMatchObject({ missing: 0, retired: before - after, held: 0 })
      expect(await statuses()).toBe(`${after} active, 0 missing, ${before - after} retired`)
      expect(await snapshot(bays(before, 7))).toMatchObject({ updated: before - after })
      expect(await statuses()).toBe(`${before} active, 0 missing, 0 retired`)
    })

    it('loses none if the files differ, or one of them has it', async () => {
      await snapshot(bays(8, 4))
      const rotating = (gone: readonly number[], capacity: number): SourceZone[] =>
        bays(8, capacity).filter((_, i) => !gone.includes(i))
      for (const [at, gone] of [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 5],
      ].entries())
        await snapshot(rotating(gone, 5 + at))
      expect(await statuses()).toBe('8 active, 0 missing, 0 retired')
      await snapshot(rotating([4, 5], 20))
      await snapshot(bays(8, 21))
      await snapshot(rotating([4, 5], 22))
      await snapshot(rotating([4, 5], 23))
      expect(await statuses()).toBe('8 active, 0 missing, 0 retired')
    })

    it('loses none to an empty file, however often', async () => {
      await snapshot(bays(4, 4))
      for (let time = 0; time < 4; time++) await snapshot([])
      await snapshot([], { acceptRemovals: true })
      expect(await statuses()).toBe('4 active, 0 missing, 0 retired')
    })
  })

  describe('--accept-removals', () => {
    it.each([
      [8, 6],
      [60, 10],
    ])('removes at once what is missing in the file: of %i all but %i', async (before, after) => {
      await snapshot(bays(before, 4))
      const trial = await snapshot(bays(after, 5), { acceptRemovals: true, dryRun: true })
      expect(await statuses()).toBe(`${before} active, 0 missing, 0 retired`)
      const report = await snapshot(bays(after, 5), { acceptRemovals: true })
      expect(report).toMatchObject({ retired: before - after, missing: 0, notes: [] })
      expect(trial.changes).toEqual(report.changes)
      expect(await statuses()).toBe(`${after} active, 0 missing, ${before - after} retired`)
    })
  })

  it('a source of more than 25 zones never loses over 20 %, however often they are missing', async () => {
    await snapshot(bays(26, 4))
    for (const capacity of [5, 6, 7, 8, 9]) await snapshot(bays(20, capacity))
    expect(await statuses()).toBe('26 active, 0 missing, 0 retired')
  })
})
