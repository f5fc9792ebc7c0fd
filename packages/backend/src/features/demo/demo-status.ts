import { DEMO_SOURCE, seedOfSource } from './demo-town.ts'
import type { DbReader } from '#db/schema.ts'
import { hasAnyZone, readSources } from '#features/zones/read-zones.ts'
import { countEntriesOfSources } from '#features/zones/stored-sources.ts'

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

/** Whether there is a demo town, and how many zones are simulated or real. */
export async function demoStatus(db: DbReader): Promise<DemoStatus> {
  const zones = await countEntriesOfSources(db)
  const sources = (await readSources(db)).map(({ id, name, simulated }) => {
    return { id, name, simulated: simulated === 1, zones: zones.get(id) ?? 0 }
  })
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
