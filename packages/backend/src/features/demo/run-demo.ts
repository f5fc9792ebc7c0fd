import { isShown, startDemoRiders, type DemoRidersDeps } from './demo-riders.ts'
import { demoStatus } from './demo-status.ts'
import { keptDemoTown } from './demo-town.ts'
import { townBasemap } from './town-tiles.ts'
import { switchedBasemap, type Basemap } from '#basemap/basemap.ts'
import type { Db } from '#db/schema.ts'
import type { Config } from '#platform/config.ts'
import { zoneIdFor } from '#platform/ids.ts'

export type RunDemoDeps = DemoRidersDeps & {
  readonly db: Db
  readonly config: Pick<Config, 'env' | 'demo' | 'basemap'>
}

/** The demo of a running service. */
export type RunningDemo = {
  /** The town's basemap while there are no other zones and no other basemap is configured; else the given one. */
  readonly basemap: Basemap
  /** Starts the riders. Call it once the service is ready. */
  start(): void
  stop(): void
}

/**
 * Prepares the demo of a town that is in the database: simulated riders and a basemap. Without a town, or in
 * production, it does nothing and returns the given basemap.
 */
export async function runDemo(deps: RunDemoDeps, basemap: Basemap): Promise<RunningDemo> {
  const { db, config, board } = deps
  const inactive: RunningDemo = { basemap, start: () => {}, stop: () => {} }
  if (!mayRunDemo(config)) return inactive
  const { seed } = await demoStatus(db)
  if (seed === null) return inactive
  const town = keptDemoTown(seed)
  let stopRiders = (): void => {}
  const riders = {
    start() {
      stopRiders = startDemoRiders(deps, town)
    },
    stop: () => stopRiders(),
  }
  if (config.basemap !== '') return { basemap, ...riders }
  const own = townBasemap(town)
  const firstZone = zoneIdFor(town.source.id, town.zones[0].ref)
  const isOnlyTown = (): boolean => board.zones() <= town.zones.length && isShown(board, firstZone)
  return { basemap: switchedBasemap(() => (isOnlyTown() ? own : basemap)), ...riders }
}

/** Starts the riders of the demo on servers with the role `jobs`. Returns what stops them. */
export function startDemo({ demo, config }: { demo: RunningDemo; config: Pick<Config, 'roles'> }): () => void {
  if (!config.roles.has('jobs')) return () => undefined
  demo.start()
  return () => demo.stop()
}

/** Whether a demo may run: never in production, and elsewhere unless it is disabled. */
export function mayRunDemo({ env, demo }: Pick<Config, 'env' | 'demo'>): boolean {
  return env !== 'production' && demo === 'auto'
}
