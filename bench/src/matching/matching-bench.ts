import { createEventLog, importSnapshot, tuneV8Heap, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { findPairs, partitionEntries, type MatchEntry, type SourceInfo, type SourceZone } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { secondListOf, streetZones } from './street-zones.ts'

/** Times are CPU seconds; memory is the peak of the whole process until then, in megabytes. */
export type MatchingResult = {
  readonly zones: number
  readonly matchSeconds: number
  readonly joined: number
  readonly correct: number
  readonly firstImportSeconds: number
  readonly firstMegabytes: number
  readonly secondImportSeconds: number
  readonly repeatSeconds: number
  readonly zonesOnMap: number
  readonly peakMegabytes: number
}

type Progress = (line: string) => void
const SEED = 3

/** Measures joining two lists of `zones` places: first as two imports into an empty database, then the matching alone. */
export async function benchMatching(
  zones: number,
  processorMs: () => number,
  progress: Progress,
): Promise<MatchingResult> {
  // As the import commands do.
  tuneV8Heap()
  // Imports run first, so that the peak memory is theirs.
  const imported = await benchImports(zones, processorMs, progress)
  progress('matching')
  const [first, second] = listsOf(zones)
  const entries = [...first.map((one) => entryOf('city', one)), ...second.map((one) => entryOf('osm', one))]
  const started = processorMs()
  const { clusters } = partitionEntries(entries, findPairs(entries), [])
  const matchSeconds = (processorMs() - started) / 1000
  const joined = clusters.filter((cluster) => cluster.length > 1)
  const correct = joined.filter(([a = 0, b = 0]) => entries[b].ref === `e${entries[a].ref}`).length
  return { zones, matchSeconds, joined: joined.length, correct, ...imported }
}

type Imported = Omit<MatchingResult, 'zones' | 'matchSeconds' | 'joined' | 'correct'>

async function benchImports(zones: number, processorMs: () => number, progress: Progress): Promise<Imported> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-bench-matching-'))
  const database = await openDatabase(`sqlite:${path.join(folder, 'zones.db')}`, systemClock)
  try {
    const deps = {
      db: database.db,
      eventLog: createEventLog(database, systemClock, newId(), sleep),
      clock: systemClock,
      actor: { kind: 'command', name: 'bench' } as const,
    }
    const run = async (source: SourceInfo, rows: Iterable<SourceZone>): Promise<number> => {
      progress(`importing ${source.id}`)
      const before = processorMs()
      await importSnapshot(deps, { source, rows })
      return (processorMs() - before) / 1000
    }
    const city = (): Iterable<SourceZone> => streetZones(zones, seededRandom(SEED))
    const osm = (): Iterable<SourceZone> => secondListOf(city(), seededRandom(SEED + 1))
    const firstImportSeconds = await run(sourceOf('city', 'official'), city())
    const firstMegabytes = peakMegabytes()
    const secondImportSeconds = await run(sourceOf('osm', 'community'), osm())
    const repeatSeconds = await run(sourceOf('osm', 'community'), osm())
    const { count } = await database.db
      .selectFrom('zones')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('merged_into', 'is', null)
      .executeTakeFirstOrThrow()
    return {
      firstImportSeconds,
      firstMegabytes,
      secondImportSeconds,
      repeatSeconds,
      zonesOnMap: count,
      peakMegabytes: peakMegabytes(),
    }
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

function listsOf(zones: number): readonly [SourceZone[], SourceZone[]] {
  const first = [...streetZones(zones, seededRandom(SEED))]
  return [first, [...secondListOf(first, seededRandom(SEED + 1))]]
}

function entryOf(source: string, { ref, facts }: SourceZone): MatchEntry {
  return { source, ref, status: 'active', trust: 'community', matchDistance: 40, simulated: false, facts }
}

function sourceOf(id: string, trust: 'official' | 'community'): SourceInfo {
  return { id, name: id, licence: 'CC0-1.0', licenceUrl: null, attribution: id, url: null, simulated: false, trust }
}
