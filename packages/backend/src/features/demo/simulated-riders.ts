import type { ReportInput } from '@kickstand/contract'
import { simulateOccupancy, type SimulatedOccupancy } from './simulate-occupancy.ts'
import { between, pickWeighted, wholeBetween, type Random } from './random.ts'
import { riderReport } from './rider-report.ts'

/** A zone as the riders know it. A null capacity is unknown to the service; the simulation still has one. */
export type SimulatedZone = {
  readonly id: string
  readonly lat: number
  readonly lng: number
  readonly capacity: number | null
}

export type RiderDeps = {
  readonly zones: readonly SimulatedZone[]
  readonly random: Random
  /** Submits a report as the rider with that key. Rejections are ignored; `false` means that the zone was removed. */
  submit(report: ReportInput, riderKey: string): Promise<boolean>
  clock(): number
  /** Runs `work` once after a delay; returns a function that cancels it. */
  schedule(work: () => void, milliseconds: number): () => void
  /** Whether to start with the reports of the last half hour. */
  readonly warmStart: boolean
}

export type SimulatedRiders = {
  /** Resolves when the reports of the warm start are submitted. */
  readonly warm: Promise<void>
  stop(): void
}

const MINUTE = 60_000
/** Reports over 30 minutes old are rejected; this leaves a minute to submit them. */
const WARM_MINUTES = 29
/** The occupancy is simulated from this long before the start, so that the first reports follow it. */
const LEAD_MINUTES = 45
/** Share of zones with rare visits, so that the map shows unknown zones too. */
const QUIET_SHARE = 0.34
/** Share of zones with frequent visits: it takes several reports until an estimate is "full". */
const BUSY_SHARE = 0.24
const BUSY_VISITS = 2.4
const PAUSE_SECONDS = [2, 4] as const
const CONCURRENT_REPORTS = 24

/** Number of simulated riders. */
export const DEMO_RIDERS = 40

/** The key of the n-th simulated rider, from 0. */
export function demoRiderKey(n: number): string {
  return `demo-rider-${n}`
}

type WatchedZone = { readonly zone: SimulatedZone; readonly occupancy: SimulatedOccupancy; readonly visits: number }

/**
 * Starts simulated riders that report from a simulated occupancy: first the reports of the last half hour, then one
 * every few seconds until stopped.
 */
export function simulateRiders(deps: RiderDeps): SimulatedRiders {
  const { random, clock, schedule } = deps
  const start = clock() - LEAD_MINUTES * MINUTE
  let watched: readonly WatchedZone[] = deps.zones.map((zone) => ({
    zone,
    occupancy: simulateOccupancy(random, zone, start),
    visits: pickWeighted(random, [
      [0.01, QUIET_SHARE],
      [between(random, 0.3, 1), 1 - QUIET_SHARE - BUSY_SHARE],
      [BUSY_VISITS, BUSY_SHARE],
    ]),
  }))
  let stopped = false
  let cancelNext = (): void => {}

  async function report(at: WatchedZone, time: number): Promise<void> {
    const rider = demoRiderKey(Math.floor(random() * DEMO_RIDERS))
    const isThere = await deps.submit(riderReport(random, at.zone, at.occupancy, time), rider).catch(() => true)
    if (!isThere) watched = watched.filter((other) => other !== at)
  }

  async function warmUp(): Promise<void> {
    for (const visits of chunks(pastVisits(random, watched, clock()), CONCURRENT_REPORTS)) {
      if (stopped) return
      await Promise.all(visits.map(({ at, time }) => report(at, time)))
    }
  }

  function next(): void {
    if (stopped || watched.length === 0) return
    cancelNext = schedule(
      () => {
        const at = pickWeighted(
          random,
          watched.map((one) => [one, one.visits] as const),
        )
        void report(at, clock()).finally(next)
      },
      between(random, ...PAUSE_SECONDS) * 1000,
    )
  }

  const warm = deps.warmStart ? warmUp() : Promise.resolve()
  void warm.finally(next)
  return {
    warm,
    stop() {
      stopped = true
      cancelNext()
    },
  }
}

/** Visits of the last half hour in order of time: a few at each zone with visits. */
function pastVisits(random: Random, watched: readonly WatchedZone[], now: number): { at: WatchedZone; time: number }[] {
  return watched
    .filter((one) => one.visits > 0.1)
    .flatMap((at) =>
      Array.from(
        { length: at.visits === BUSY_VISITS ? wholeBetween(random, 4, 7) : wholeBetween(random, 1, 3) },
        () => ({
          at,
          time: Math.round(now - between(random, 0.2, WARM_MINUTES) * MINUTE),
        }),
      ),
    )
    .toSorted((a, b) => a.time - b.time)
}

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size)
}
