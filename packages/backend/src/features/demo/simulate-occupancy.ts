import { between, chance, poisson, type Random } from './random.ts'
import type { SimulatedZone } from './simulated-riders.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** After this long without a call, the occupancy no longer depends on the earlier one and is drawn anew. */
const MEMORY_MS = 8 * HOUR
/** Local time in the town is 90 minutes behind UTC, by its longitude. */
const LOCAL_OFFSET_MS = -90 * MINUTE

/** The simulated occupancy of a zone. The simulated riders report from it; the service does not know it. */
export type SimulatedOccupancy = {
  readonly capacity: number
  /** Parked motorcycles at a time in epoch milliseconds. Times must not decrease. */
  occupiedAt(time: number): number
  /** A simulated rider parks (+1) or leaves (-1); false where there is no space or no motorcycle. */
  move(by: 1 | -1): boolean
}

/** Daily patterns: the hours with the most motorcycles, the amplitude, and its factor at weekends. */
const DAILY_PATTERNS = [
  { peaks: [10, 14], amplitude: 0.3, weekend: 0.45 },
  { peaks: [12, 18], amplitude: 0.24, weekend: 1.1 },
  { peaks: [20, 22], amplitude: 0.3, weekend: 1.2 },
  { peaks: [2, 7], amplitude: 0.18, weekend: 1 },
] as const

/**
 * A birth–death process: motorcycles arrive at a rate that follows the hour of the week and leave after about an hour;
 * arrivals at a full zone are lost. Each zone has its own popularity, so that at any hour some zones are full and some
 * are empty.
 */
export function simulateOccupancy(random: Random, zone: SimulatedZone, start: number): SimulatedOccupancy {
  const capacity = zone.capacity ?? Math.round(between(random, 4, 14))
  const pattern = DAILY_PATTERNS[Math.floor(random() * DAILY_PATTERNS.length)]
  // Mean demand per space. A zone stays full only if demand far exceeds its capacity.
  const popularity = chance(random, 0.3) ? between(random, 1.8, 6) : between(random, 0.2, 1.1)
  const stayMinutes = between(random, 35, 110)
  let time = start
  let occupied = drawOccupied()

  /** Demand per space: the occupied share that the zone tends to; over 1 if demand exceeds the capacity. */
  function demandAt(at: number): number {
    const local = new Date(at + LOCAL_OFFSET_MS)
    const hour = local.getUTCHours() + local.getUTCMinutes() / 60
    const weekend = local.getUTCDay() % 6 === 0
    const wave = Math.max(...pattern.peaks.map((peak) => Math.exp(-((hoursApart(hour, peak) / 3) ** 2))))
    const swing = pattern.amplitude * (2 * wave - 1) * (weekend ? pattern.weekend : 1)
    return Math.max(0.04, popularity + swing)
  }

  /** A random occupancy for the demand at `time`. */
  function drawOccupied(): number {
    const share = Math.min(1, demandAt(time))
    let bikes = 0
    for (let i = 0; i < capacity; i++) if (chance(random, share)) bikes++
    return bikes
  }

  return {
    capacity,
    occupiedAt(at) {
      if (at - time > MEMORY_MS) {
        time = at
        occupied = drawOccupied()
      }
      for (; time + MINUTE <= at; time += MINUTE) {
        const departures = Math.min(occupied, poisson(random, occupied / stayMinutes))
        const arrivals = poisson(random, (capacity * demandAt(time)) / stayMinutes)
        occupied = Math.min(capacity, occupied - departures + arrivals)
      }
      return occupied
    },
    move(by) {
      if (occupied + by < 0 || occupied + by > capacity) return false
      occupied += by
      return true
    },
  }
}

function hoursApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % 24
  return Math.min(apart, 24 - apart)
}
