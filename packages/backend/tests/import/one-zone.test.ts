import type { SourceInfo, SourceZone, ZoneFacts } from '@kickstand/domain'
import { aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zoneIdFor } from '#platform/ids.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { provenanceOf } from '#features/zones/zone-provenance.ts'
import { type Importer, openImporter } from './importer.ts'

const CITY = aSource({ id: 'city', name: 'City', trust: 'official' })
const OSM = aSource({ id: 'osm', name: 'OpenStreetMap', trust: 'community' })
const CLUB = aSource({ id: 'club', name: 'Club', trust: 'unverified' })

/** A position this many metres north of the first place. */
const north = (metres: number): number => 40 + metres / 111_195

function place(ref: string, metres: number, facts: Partial<ZoneFacts> = {}): SourceZone {
  return aSourceZone({ name: null, capacity: null, kind: null, lat: north(metres), lng: 7, ...facts }, ref)
}

forEachEngine((engine) => {
  let importer: Importer
  beforeEach(async () => {
    importer = await openImporter(engine)
  })
  afterEach(async () => {
    await importer.close()
  })

  async function snapshot(source: SourceInfo, rows: readonly SourceZone[]) {
    importer.clock.advance(3_600_000)
    return importSnapshot(importer.deps, { source, rows })
  }
  async function standing() {
    return (await importer.zones()).filter((zone) => zone.merged_into === null && zone.status !== 'retired')
  }

  describe('a place in two sources', () => {
    it('is one zone, with each fact from the most trusted source that has it', async () => {
      const first = await snapshot(OSM, [place('n1', 0, { capacity: 6, covered: false, fee: 'paid' })])
      expect(first).toMatchObject({ added: 1, joined: 0 })
      const both = [place('c1', 4, { capacity: 8, fee: 'free', name: 'Mill Street 5' }), place('far', 900)]
      expect(await snapshot(CITY, both)).toMatchObject({ added: 1, joined: 1, updated: 0, unchanged: 0 })
      const [zone, ...others] = (await standing()).toSorted((a, b) => a.lat - b.lat)
      expect(others).toHaveLength(1)
      expect(zone).toMatchObject({
        id: zoneIdFor('osm', 'n1'),
        capacity: 8,
        fee: 'free',
        covered: 0,
        name: 'Mill Street 5',
      })
      const { capacity } = await provenanceOf(importer.database.db, zone.id)
      expect(capacity).toMatchObject([
        { source: 'city', value: 8, trust: 'official', shown: true },
        { source: 'osm', value: 6, trust: 'community', shown: false },
      ])
    })

    it('takes no fact of law and price from an unverified source', async () => {
      await snapshot(CLUB, [place('x', 0, { fee: 'free', maxStay: 3600, surface: 'sett' })])
      expect(await standing()).toMatchObject([{ fee: null, max_stay: null, surface: 'sett' }])
    })

    it('stays while either lists it, and is removed when neither does', async () => {
      const rest = Array.from({ length: 9 }, (_, i) => place(`far${i}`, 1000 + 300 * i))
      const more = place('far9', 9000)
      await snapshot(OSM, [place('n1', 0, { capacity: 6 }), ...rest])
      await snapshot(CITY, [place('c1', 4, { capacity: 8 }), ...rest])
      const id = zoneIdFor('osm', 'n1')
      const status = async (): Promise<string | undefined> =>
        (await importer.zones()).find((zone) => zone.id === id)?.status
      await snapshot(CITY, rest)
      expect(await status()).toBe('active')
      expect(await snapshot(CITY, [...rest, more])).toMatchObject({ retired: 1 })
      expect(await status()).toBe('active')
      expect((await standing()).find((zone) => zone.id === id)?.capacity).toBe(6)
      await snapshot(OSM, rest)
      expect(await status()).toBe('missing')
      await snapshot(OSM, [...rest, more])
      expect(await status()).toBe('retired')
      await snapshot(CITY, [place('c1', 4, { capacity: 8 }), ...rest])
      expect((await standing()).find((zone) => zone.id === id)).toMatchObject({ status: 'active', capacity: 8 })
    })

    it('is split when one of them moves away, and the first keeps its id', async () => {
      await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 4, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 400, { capacity: 6 })])
      expect((await standing()).map(({ id }) => id).toSorted()).toEqual(
        [zoneIdFor('osm', 'n1'), zoneIdFor('city', 'c1')].toSorted(),
      )
    })

    it('is joined when they come together, under the older id, to which the other id redirects', async () => {
      await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 400, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 3, { capacity: 6 })])
      expect((await standing()).map(({ id }) => id)).toEqual([zoneIdFor('osm', 'n1')])
      const led = (await importer.zones()).find((zone) => zone.id === zoneIdFor('city', 'c1'))
      expect(led).toMatchObject({ status: 'retired', merged_into: zoneIdFor('osm', 'n1') })
    })

    it('keeps its id when its source redraws it', async () => {
      const rest = Array.from({ length: 9 }, (_, i) => place(`far${i}`, 1000 + 300 * i))
      await snapshot(OSM, [place('n1', 0), ...rest])
      await snapshot(CITY, [place('c1', 4, { capacity: 6 })])
      await snapshot(OSM, [place('w2', 1), ...rest])
      expect((await standing()).filter(({ lat }) => lat < 40.005).map(({ id }) => id)).toEqual([zoneIdFor('osm', 'n1')])
    })

    it('changes when the trust in its source changes', async () => {
      await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 4, { capacity: 8 })])
      await snapshot({ ...CITY, fieldTrust: { capacity: 'unverified' } }, [place('c1', 4, { capacity: 8 })])
      expect(await standing()).toMatchObject([{ capacity: 6 }])
    })

    it('waits for a moderator if the match is doubtful', async () => {
      await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 16, { capacity: 9 })])
      expect(await standing()).toHaveLength(2)
      const reviews = await importer.database.db.selectFrom('match_reviews').selectAll().execute()
      expect(reviews).toMatchObject([{ source_a: 'city', ref_a: 'c1', source_b: 'osm', ref_b: 'n1', state: 'open' }])
      await snapshot(CITY, [place('c1', 160, { capacity: 9 })])
      expect(await importer.database.db.selectFrom('match_reviews').selectAll().execute()).toEqual([])
    })
  })

  it('have the same result in any order of imports', { timeout: 240_000 }, async () => {
    const entry = fc.record({
      metres: fc.integer({ min: 0, max: 160 }),
      capacity: fc.option(fc.integer({ min: 1, max: 12 })),
      covered: fc.option(fc.boolean()),
      name: fc.option(fc.constantFrom('Mill Street 5', 'Mill St 8', 'Church Avenue')),
    })
    const list = fc.array(entry, { maxLength: 6 })
    // Two snapshots of each source in random order, but in order within each source.
    const snapshots = fc.tuple(list, list, list, list, list, list)
    const turns = fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 })
    let run = 0
    await fc.assert(
      fc.asyncProperty(snapshots, turns, async (lists, order) => {
        const outcomes: string[] = []
        for (const one of [[0, 0, 1, 1, 2, 2], order]) {
          run += 1
          const read = [0, 0, 0]
          for (const turn of one) {
            // Skip rows of earlier runs.
            const lng = run / 10
            const rows = lists[turn * 2 + read[turn]].map(({ metres, ...facts }, i) =>
              place(`${run}-${i}`, metres, { ...facts, lng }),
            )
            read[turn] += 1
            await snapshot({ ...[CITY, OSM, CLUB][turn], id: `${['city', 'osm', 'club'][turn]}-${run}` }, rows)
          }
          outcomes.push(await outcome(run))
        }
        expect(outcomes[1]).toBe(outcomes[0])
      }),
      { numRuns: engine.name === 'sqlite' ? 40 : 8 },
    )
  })

  /** The matched sources and facts of each zone, without ids and times. */
  async function outcome(run: number): Promise<string> {
    const entries = await importer.database.db
      .selectFrom('zone_sources')
      .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
      .selectAll('zones')
      .select(['source_id', 'ref'])
      .where('ref', 'like', `${run}-%`)
      .execute()
    const zones = [...Map.groupBy(entries, ({ id }) => id).values()].map((members) => {
      const [{ lat, capacity, covered, name, status, merged_into }] = members
      const who = members.map(({ source_id, ref }) => `${source_id.split('-')[0]} ${ref.split('-')[1]}`).toSorted()
      return JSON.stringify([who, lat, capacity, covered, name, status, merged_into])
    })
    const reviews = await importer.database.db
      .selectFrom('match_reviews')
      .select(['ref_a', 'ref_b', 'state', 'reasons'])
      .where('ref_a', 'like', `${run}-%`)
      .execute()
    const asked = reviews.map((row) => JSON.stringify(row).replaceAll(`${run}-`, ''))
    return [...zones.toSorted(), ...asked.toSorted()].join('\n')
  }
})
