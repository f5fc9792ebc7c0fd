import { exponential, normal, seeded } from './random.ts'
import { shareAt, type Lot } from './series.ts'

/** Something that somebody, or a machine, says of a lot. */
export type Said = {
  /** Index of the lot. */
  readonly lot: number
  readonly minute: number
  /** Occupied spaces as told. */
  readonly count: number
  /** Who says so; -1 is a machine. */
  readonly reporter: number
}

export type Crowd = {
  /** Reports an hour and lot. */
  readonly reportsPerHour: number
  /** sd of an honest count, share of the capacity. */
  readonly noise: number
  /** Share of the reporters who always report the opposite extreme. */
  readonly liars: number
  /** How many people report; each lies always or never. 0: everybody reports once. */
  readonly reporters: number
}

/** Riders come to a lot at random and say what they see, liars the opposite extreme. Sorted by time. */
export function simulateReports(lots: readonly Lot[], crowd: Crowd, seed: number): Said[] {
  const said: Said[] = []
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
      said.push({ lot: index, minute, count: isLiar ? (share < 0.5 ? lot.capacity : 0) : honest, reporter })
    }
  })
  return said.toSorted((a, b) => a.minute - b.minute || a.lot - b.lot)
}

/** Readings of a machine every `every` minutes, or each that the file has with 0, from `from` to `to` of each lot. */
export function simulateReadings(
  lots: readonly Lot[],
  every: number,
  span: (lot: number) => readonly [from: number, to: number],
): Said[] {
  const said: Said[] = []
  lots.forEach((lot, index) => {
    const [from, to] = span(index)
    let next = Number.NEGATIVE_INFINITY
    lot.minutes.forEach((minute, i) => {
      if (minute < from || minute >= to || minute < next) return
      next = minute + every - 1
      said.push({ lot: index, minute, count: lot.occupied[i], reporter: -1 })
    })
  })
  return said.toSorted((a, b) => a.minute - b.minute || a.lot - b.lot)
}
