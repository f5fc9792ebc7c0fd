import type { ReportInput } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { DemoTown } from './demo-town.ts'
import { DEMO_RIDERS, demoRiderKey, simulateRiders, type SimulatedZone } from './simulated-riders.ts'
import type { Board } from '#board/board.ts'
import type { Clock } from '#platform/clock.ts'
import { riderIdFor, zoneIdFor } from '#platform/ids.ts'
import { submitReport, type SubmitReportDeps } from '#reports/submit-report.ts'

/** With figures for fewer of its zones than this the town has been asleep, and its last half hour is made up. */
const AWAKE_SHARE = 0.3

export type DemoRidersDeps = {
  readonly board: Board
  readonly clock: Clock
  readonly random: () => number
  readonly submitDeps: SubmitReportDeps
}

/** The riders that belong to the demo and go with it. */
export function demoRiderIds(): string[] {
  return Array.from({ length: DEMO_RIDERS }, (_, n) => riderIdFor(demoRiderKey(n)))
}

/** Lets the town's simulated riders report to this service until stopped, or until the town is taken away. */
export function startDemoRiders({ board, clock, random, submitDeps }: DemoRidersDeps, town: DemoTown): () => void {
  const zones = townZones(town).filter(({ id }) => isShown(board, id))
  const now = clock()
  const awake = zones.filter(({ id }) => {
    const row = board.row(id)
    return row !== undefined && board.availability(row, now).state !== 'unknown'
  })

  async function submit(report: ReportInput, riderKey: string): Promise<boolean> {
    try {
      await submitReport(submitDeps, { riderId: riderIdFor(riderKey), network: null }, null, report)
      return true
    } catch (error) {
      return !(error instanceof DomainError && error.code === 'zone-not-found')
    }
  }

  const riders = simulateRiders({
    zones,
    random,
    submit,
    clock,
    schedule(work, milliseconds) {
      const timer = setTimeout(work, milliseconds)
      return () => clearTimeout(timer)
    },
    warmStart: awake.length < AWAKE_SHARE * zones.length,
  })
  return () => riders.stop()
}

/** The town's zones as its riders know them: with the capacity that is true, whether or not the source tells it. */
function townZones({ source, zones, plan }: DemoTown): SimulatedZone[] {
  return zones.map(({ ref, facts }, i) => ({
    id: zoneIdFor(source.id, ref),
    lat: facts.lat,
    lng: facts.lng,
    capacity: plan.zones[i].capacity,
  }))
}

/** Whether the board still shows a zone. */
export function isShown(board: Board, id: string): boolean {
  const row = board.row(id)
  return row !== undefined && board.isOnMap(row)
}
