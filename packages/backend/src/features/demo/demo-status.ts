import { countSources, hasAnyZone } from './demo-store.ts'
import { DEMO_SOURCE, seedOfSource } from './demo-town.ts'
import type { DbReader } from '#db/schema.ts'

/** Which zones of the database are simulated. */
export type DemoStatus = {
  /** The town's seed; null where there is no town. */
  readonly seed: number | null
  readonly simulatedZones: number
  readonly realZones: number
  readonly empty: boolean
  /** Ids of the simulated sources. */
  readonly sources: readonly string[]
}

export async function demoStatus(db: DbReader): Promise<DemoStatus> {
  const sources = await countSources(db)
  const count = (simulated: boolean): number =>
    sources.filter((source) => source.simulated === simulated).reduce((sum, source) => sum + source.zones, 0)
  const town = sources.find((source) => source.id === DEMO_SOURCE.id && source.zones > 0)
  return {
    seed: town === undefined ? null : seedOfSource(town.name),
    simulatedZones: count(true),
    realZones: count(false),
    empty: !(await hasAnyZone(db)),
    sources: sources.filter((source) => source.simulated).map((source) => source.id),
  }
}
