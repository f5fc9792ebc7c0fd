import { exponential, normal, seeded } from './random.ts'
import { shareAt, type Lot } from './series.ts'

/** A simulated report or sensor reading. */
export type SimulatedObservation = {
  /** Index of the lot. */
  readonly lot: number
  readonly minute: number
  /** Reported number of occupied spaces. */
  readonly count: number
  /** Index of the reporter; -1 for a sensor. */
  readonly reporter: number
}

export type Crowd = {
  /** Reports per hour and lot. */
  readonly reportsPerHour: number
  /** sd of an honest count, share of the capacity. */
  readonly noise: number
  /** Share of the reporters who always report the opposite extreme. */
  readonly liars: number
  /** Number of reporters; each always lies or never does. 0: every report has another reporter. */
  readonly reporters: number
}

/** Simulates reports at random times; liars report the opposite extreme. Sorted by time. */
export function simulateReports(lots: readonly Lot[], crowd: Crowd, seed: number): SimulatedObservation[] {
  const observations: SimulatedObservation[] = []
  let oneOff = 0
  lots.forEach((lot, index) => {
    const random = seeded(seed * 1009 + index)
    const end = lot.minutes[lot.minutes.length - 1]
    let minute = lot.minutes[0]
    for (;;) {
      minute += (exponential(random) * 60) / crowd.reportsPerHour
      if (minute > end) break
      const who = random()
      const lie = random()
      const noise = normal(random)
      const share = shareAt(lot, minute)
      if (Number.isNaN(share)) continue
      const reporter = crowd.reporters > 0 ? Math.floor(who * crowd.reporters) : oneOff++
      const isLiar = crowd.reporters > 0 ? reporter < Math.round(crowd.liars * crowd.reporters) : lie < crowd.liars
      const honest = Math.round(lot.capacity * Math.min(1, Math.max(0, share + crowd.noise * noise)))
      observations.push({ lot: index, minute, count: isLiar ? (share < 0.5 ? lot.capacity : 0) : honest, reporter })
    }
  })
  return observations.toSorted((a, b) => a.minute - b.minute || a.lot - b.lot)
}

/** Simulates sensor readings every `every` minutes (0: every reading of the file), in the span of each lot. Sorted by time. */
export function simulateReadings(
  lots: readonly Lot[],
  every: number,
  span: (lot: number) => readonly [from: number, to: number],
): SimulatedObservation[] {
  const observations: SimulatedObservation[] = []
  lots.forEach((lot, index) => {
    const [from, to] = span(index)
    let next = Number.NEGATIVE_INFINITY
    lot.minutes.forEach((minute, i) => {
      if (minute < from || minute >= to || minute < next) return
      next = minute + every - 1
      observations.push({ lot: index, minute, count: lot.occupied[i], reporter: -1 })
    })
  })
  return observations.toSorted((a, b) => a.minute - b.minute || a.lot - b.lot)
}
