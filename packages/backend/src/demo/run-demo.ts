import { isShown, startDemoRiders, type DemoRidersDeps } from './demo-riders.ts'
import { demoStatus } from './demo-status.ts'
import { demoTown } from './demo-town.ts'
import { townBasemap } from './town-tiles.ts'
import { switchedBasemap, type Basemap } from '#basemap/basemap.ts'
import type { Db } from '#db/schema.ts'
import type { Config } from '#platform/config.ts'
import { zoneIdFor } from '#platform/ids.ts'

export type RunDemoDeps = DemoRidersDeps & {
  readonly db: Db
  readonly config: Pick<Config, 'env' | 'demo' | 'basemap'>
}

/** The part of a running service that makes a demo town live. */
export type RunningDemo = {
  /** The town's own map while the town is all there is and nobody asked for another basemap; else the given one. */
  readonly basemap: Basemap
  /** Lets the riders begin. Call once the service answers. */
  start(): void
  stop(): void
}

/**
 * Makes ready to bring a demo town that is in the database to life: its riders report and its streets are drawn. Where there is
 * no town, or in production, it does nothing and hands the basemap back.
 */
export async function runDemo(deps: RunDemoDeps, basemap: Basemap): Promise<RunningDemo> {
  const { db, config, board } = deps
  const asleep: RunningDemo = { basemap, start: () => {}, stop: () => {} }
  if (!mayRunDemo(config)) return asleep
  const { seed } = await demoStatus(db)
  if (seed === null) return asleep
  const town = demoTown(seed)
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
  const isAllThereIs = (): boolean => board.zones() <= town.zones.length && isShown(board, firstZone)
  return { basemap: switchedBasemap(() => (isAllThereIs() ? own : basemap)), ...riders }
}

/** Production never has a demo, and elsewhere it can be turned off. */
export function mayRunDemo({ env, demo }: Pick<Config, 'env' | 'demo'>): boolean {
  return env !== 'production' && demo === 'auto'
}
