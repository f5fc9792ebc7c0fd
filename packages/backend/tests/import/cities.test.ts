import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  findPairs,
  partitionEntries,
  MIN_YES_SCORE,
  type MatchEntry,
  type SourceZone,
  type ZoneFacts,
} from '@kickstand/domain'
import { seededRandom, sharedData } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { readPath } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'
import { readEntriesOfZones, readSourceSettings } from '#features/zones/match-store.ts'
import { wholeFacts } from '#features/zones/stored-facts.ts'
import { type Importer, openImporter } from './importer.ts'

const real = (file: string): string => sharedData(file) ?? ''
const OSM = 'osm/sf-downtown-2023-07-22.osm.pbf'
const UNMETERED = 'city/sf-unmetered-motorcycle.socrata.json'
const METERED = 'city/sf-metered-motorcycle.socrata.json'
const MADRID = 'city/madrid-reservas-moto.kml'

type Labelled = { readonly one: string; readonly other: string; readonly same: boolean }

async function labelledPairs(): Promise<readonly Labelled[]> {
  const text = await readFile(path.join(import.meta.dirname, 'sf-labelled-pairs.json'), 'utf8')
  return (JSON.parse(text) as { pairs: Labelled[] }).pairs
}

/** Imports San Francisco's three sources in an order of `0` OpenStreetMap, `1` unmetered, `2` metered. */
async function importCity(importer: Importer, order: readonly number[]): Promise<void> {
  const files = [
    () => importer.file(real(OSM)),
    () => importer.file(real(UNMETERED), { profile: 'sf-unmetered' }),
    () => importer.file(real(METERED), { profile: 'sf-metered' }),
  ]
  for (const at of order) await files[at]?.()
}

type Origin = { readonly zone_id: string; readonly source_id: string; readonly ref: string }
const nameOf = ({ source_id, ref }: Origin): string => `${source_id} ${ref}`

async function originsOf(importer: Importer): Promise<readonly Origin[]> {
  const columns = ['zone_id', 'source_id', 'ref'] as const
  return importer.database.db.selectFrom('zone_sources').select(columns).orderBy('source_id').orderBy('ref').execute()
}

/** Zones by their facts and members, without ids and times. */
async function mapOf(importer: Importer): Promise<string[]> {
  const origins = Map.groupBy(await originsOf(importer), ({ zone_id }) => zone_id)
  const zones = (await importer.zones()).filter(({ merged_into }) => merged_into === null)
  return zones
    .map(({ id, created_at: _made, updated_at: _changed, ...facts }) =>
      JSON.stringify([(origins.get(id) ?? []).map(nameOf), facts]),
    )
    .toSorted()
}

function isThere(...files: string[]): boolean {
  return files.every((file) => sharedData(file) !== null)
}

forEachEngine((engine) => {
  describe.skipIf(!isThere(OSM, UNMETERED, METERED))('San Francisco from three sources', () => {
    it('joins the pairs that a person joined, and no others', { timeout: 120_000 }, async () => {
      const importer = await openImporter(engine)
      await importCity(importer, [0, 1, 2])
      const zoneOf = new Map((await originsOf(importer)).map((origin) => [nameOf(origin), origin.zone_id]))
      const pairs = await labelledPairs()
      const isJoined = ({ one, other }: Labelled): boolean => zoneOf.get(one) === zoneOf.get(other)
      expect(pairs.length).toBeGreaterThanOrEqual(60)
      for (const { one, other } of pairs)
        expect([zoneOf.has(one), zoneOf.has(other), one, other]).toEqual([true, true, one, other])
      const joined = pairs.filter(isJoined)
      const right = joined.filter(({ same }) => same).length
      expect(right / joined.length).toBeGreaterThanOrEqual(0.97)
      expect(right / pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(0.9)
      await importer.close()
    })

    it('has no duplicate zone and has lost none', { timeout: 120_000 }, async () => {
      const importer = await openImporter(engine)
      await importCity(importer, [0, 1, 2])
      const { db } = importer.database
      const standing = (await importer.zones()).filter(({ merged_into }) => merged_into === null)
      const entries = await readEntriesOfZones(
        db,
        standing.map(({ id }) => id),
        await readSourceSettings(db),
      )
      expect(entries).toHaveLength(50 + 144 + 235)
      expect(standing.every(({ status }) => status === 'active')).toBe(true)
      const placed = entries.flatMap((entry) => {
        const facts = wholeFacts(entry.facts)
        return facts === null ? [] : { ...entry, facts }
      })
      const twice = findPairs(placed).filter(
        ({ a, b, score }) => score >= MIN_YES_SCORE && placed[a].zoneId !== placed[b].zoneId,
      )
      expect(twice).toEqual([])
      await importer.close()
    })

    it('has the same result in any order of imports', { timeout: 240_000 }, async () => {
      const maps: string[][] = []
      for (const order of [
        [0, 1, 2],
        [2, 1, 0, 2],
        [1, 0, 1, 2],
      ]) {
        const importer = await openImporter(engine)
        await importCity(importer, order)
        maps.push(await mapOf(importer))
        await importer.close()
      }
      expect(maps[1]).toEqual(maps[0])
      expect(maps[2]).toEqual(maps[0])
    })
  })
})

function entryOf(source: string, { ref, facts }: SourceZone): MatchEntry {
  return { source, ref, status: 'active', trust: 'official', matchDistance: 40, simulated: false, facts }
}

/** The same place as in another source: moved by 5 to 15 m, with a shorter name and one space more or less. */
function asElsewhere({ ref, facts }: SourceZone, random: () => number): SourceZone {
  const [angle, metres] = [random() * 2 * Math.PI, 5 + random() * 10]
  const lat = facts.lat + (Math.sin(angle) * metres) / 111_195
  const lng = facts.lng + (Math.cos(angle) * metres) / 111_195 / Math.cos((facts.lat * Math.PI) / 180)
  const name = (facts.name ?? '')
    .replace(/, CALLE/, ', C/')
    .replace(/, AVENIDA/, ', Avda.')
    .replace(/, PASEO/, ', Pº')
    .replace(/, (DEL|DE LA|DE LOS|DE)\b/, '')
  const capacity = facts.capacity === null ? null : Math.max(1, facts.capacity + Math.floor(random() * 3) - 1)
  const changed: ZoneFacts = { ...facts, lat, lng, name: random() < 0.2 ? null : name, capacity }
  return { ref, facts: changed }
}

describe.skipIf(!isThere(MADRID))('Madrid in two sources', () => {
  it('is joined zone by zone', async () => {
    const random = seededRandom(7)
    const { zones } = await readPath(real(MADRID), { profile: 'madrid' })
    const entries = [
      ...zones.map((zone) => entryOf('madrid', zone)),
      ...zones.map((zone) => entryOf('elsewhere', asElsewhere(zone, random))),
    ]
    const { clusters } = partitionEntries(entries, findPairs(entries), [])
    const joined = clusters
      .filter((cluster) => cluster.length === 2)
      .map((cluster) => cluster.map((at) => entries[at].ref))
    const right = joined.filter(([one, other]) => one === other).length
    expect(right / joined.length).toBeGreaterThanOrEqual(0.97)
    expect(right / zones.length).toBeGreaterThanOrEqual(0.9)
  })
})
