import type { ReportInput } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { DemoTown } from './demo-town.ts'
import { DEMO_RIDERS, demoRiderKey, simulateRiders, type SimulatedZone } from './simulated-riders.ts'
import type { ZoneReader } from '#read-model/board-types.ts'
import { riderIdFor, zoneIdFor } from '#platform/ids.ts'
import { submitReport, type SubmitReportDeps } from '#features/reports/submit-report.ts'

/** If fewer of its zones have availability, the reports of the last half hour are simulated first. */
const MIN_AWAKE_SHARE = 0.3

export type DemoRidersDeps = SubmitReportDeps & { readonly random: () => number }

/** The ids of the simulated riders, which are removed with the demo. */
export function demoRiderIds(): string[] {
  return Array.from({ length: DEMO_RIDERS }, (_, n) => riderIdFor(demoRiderKey(n)))
}

/** Starts the simulated riders of the town. They report to this service until stopped, or until the town is removed. */
export function startDemoRiders(deps: DemoRidersDeps, town: DemoTown): () => void {
  const { board, clock, random } = deps
  const zones = townZones(town).filter(({ id }) => isShown(board, id))
  const now = clock()
  const awake = zones.filter(({ id }) => {
    const row = board.row(id)
    return row !== undefined && board.availability(row, now).state !== 'unknown'
  })

  async function submit(report: ReportInput, riderKey: string): Promise<boolean> {
    try {
      await submitReport(deps, { riderId: riderIdFor(riderKey), network: null }, null, report)
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
    warmStart: awake.length < MIN_AWAKE_SHARE * zones.length,
  })
  return () => riders.stop()
}

/** The town's zones with their true capacity, even where the source does not state it. */
function townZones({ source, zones, plan }: DemoTown): SimulatedZone[] {
  return zones.map(({ ref, facts }, i) => ({
    id: zoneIdFor(source.id, ref),
    lat: facts.lat,
    lng: facts.lng,
    capacity: plan.zones[i].capacity,
  }))
}

/** Whether the board still shows a zone. */
export function isShown(board: ZoneReader, id: string): boolean {
  const row = board.row(id)
  return row !== undefined && board.isOnMap(row)
}
