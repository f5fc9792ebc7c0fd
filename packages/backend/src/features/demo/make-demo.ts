import type { SourceInfo, SourceZone } from '@kickstand/domain'
import { demoStatus } from './demo-status.ts'
import { DEFAULT_DEMO_SEED, keptDemoTown } from './demo-town.ts'
import { seededRandom } from './random.ts'
import { removeSimulated } from './remove-demo.ts'
import { mayRunDemo } from './run-demo.ts'
import { worldZones, WORLD_SOURCE } from './world.ts'
import type { Config } from '#platform/config.ts'
import { importSnapshot, type ImportDeps } from '#features/zones/import-snapshot.ts'

/** The generated demo. */
export type MadeDemo = {
  readonly source: string
  readonly seed: number
  readonly zones: number
  readonly spaces: number
}

/** Called with the number of finished zones, and the total. */
export type DemoProgress = (done: number, total: number) => void

/**
 * Fills the database with the town of a seed, or with a world of `zones` zones for benchmarks. Replaces all simulated
 * zones; real zones are kept.
 */
export async function makeDemo(
  deps: ImportDeps,
  { seed, zones }: { readonly seed: number; readonly zones: number | null },
  onProgress: DemoProgress = () => {},
): Promise<MadeDemo> {
  await removeSimulated(deps)
  if (zones !== null) return fill(deps, WORLD_SOURCE, worldZones(zones, seededRandom(seed)), zones, seed, onProgress)
  const town = keptDemoTown(seed)
  return fill(deps, town.source, town.zones, town.zones.length, seed, onProgress)
}

/** Makes the town in an empty database outside of production. Returns whether it did. */
export async function prepareDemo(deps: ImportDeps, config: Pick<Config, 'env' | 'demo'>): Promise<boolean> {
  if (!mayRunDemo(config) || !(await demoStatus(deps.db)).empty) return false
  await makeDemo(deps, { seed: DEFAULT_DEMO_SEED, zones: null })
  return true
}

async function fill(
  deps: ImportDeps,
  source: SourceInfo,
  rows: Iterable<SourceZone>,
  total: number,
  seed: number,
  onProgress: DemoProgress,
): Promise<MadeDemo> {
  const report = await importSnapshot(deps, {
    source,
    rows,
    action: 'demos:create',
    onProgress: ({ zones }) => onProgress(zones, total),
  })
  return { source: source.id, seed, zones: report.zones, spaces: report.spaces }
}
