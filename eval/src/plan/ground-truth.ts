import { seeded, type Random } from '#random.ts'
import { poisson, randomSurface, type City, type Surface } from './city.ts'

/** The true occupancy of a city, minute by minute from a Monday's midnight. Riders see one bay at a time. */
export type Truth = {
  readonly minutes: number
  /** Bikes in bay b at minute t at `t * bays + b`. */
  readonly occupied: Uint8Array
  /** Share of all spaces occupied by day (see {@link isDay}), after the first days. */
  readonly share: number
  /** Demand at a place, minute by minute, relative to the mean of the city. */
  demandOf(east: number, north: number): (minute: number) => number
}

const DAY_MINUTES = 1_440
/** As in the simulated bay. */
const MEAN_STAY_MINUTES = 180
/** sd of the log of demand: the part constant in time, and the part that changes in waves. Both are correlated over a distance. */
const CONSTANT_DEMAND_SD = 0.5
const WAVE_DEMAND_SD = 0.35
const CORRELATION_METRES = 300
/** Time scale of the waves. */
const WAVE_MINUTES = 150
/** A rider at a full bay tries up to so many others near it, each with this probability, then leaves. */
const MAX_ALTERNATIVES = 2
const ALTERNATIVE_CHANCE = 0.6
/** Days in which demand is adjusted until the city reaches its target occupancy by day. */
const CALIBRATION_DAYS = 3

/** Whether a minute is between ten and six, when the city is fullest and trips take place. */
export function isDay(minute: number): boolean {
  return minute % DAY_MINUTES >= 600 && minute % DAY_MINUTES < 1_080
}

/** Share of the day's demand at a minute: little at night, all of it from ten to six. */
function shareOfDay(minute: number): number {
  const fromNoon = Math.abs((minute % DAY_MINUTES) - 840)
  return 0.35 + 0.65 * Math.min(1, Math.max(0, (480 - fromNoon) / 240))
}

/** Simulates a city for some days, with an occupied share of `target` by day. */
export function simulateTruth(city: City, target: number, days: number, seed: number): Truth {
  const random = seeded(50_000 + seed)
  const { bays } = city
  const surfaces = [
    randomSurface(CORRELATION_METRES, random),
    randomSurface(CORRELATION_METRES, random),
    randomSurface(CORRELATION_METRES, random),
  ] as const
  const demandOf = (east: number, north: number) => demandThere(surfaces, east, north)
  const demands = bays.map(({ east, north }) => demandOf(east, north))
  const capacity = bays.reduce((sum, bay) => sum + bay.capacity, 0)
  const near = neighbours(city)
  const minutes = days * DAY_MINUTES
  const occupiedByMinute = new Uint8Array(minutes * bays.length)
  const occupied = new Uint8Array(bays.length)
  const loads = new Float64Array(bays.length)
  let base = 1
  let sum = 0
  let counted = 0
  for (let t = 0; t < minutes; t += 1) {
    if (t % 5 === 0) for (const [b, demand] of demands.entries()) loads[b] = demand(t)
    for (let b = 0; b < bays.length; b += 1) {
      occupied[b] -= Math.min(occupied[b], poisson(occupied[b] / MEAN_STAY_MINUTES, random))
      const coming = poisson((base * shareOfDay(t) * loads[b] * bays[b].capacity) / MEAN_STAY_MINUTES, random)
      for (let i = 0; i < coming; i += 1) park(city, occupied, near, b, random)
    }
    occupiedByMinute.set(occupied, t * bays.length)
    if (!isDay(t)) continue
    let parked = 0
    for (const count of occupied) parked += count
    if (t < CALIBRATION_DAYS * DAY_MINUTES) base *= Math.exp(0.03 * (target - parked / capacity))
    else {
      sum += parked / capacity
      counted += 1
    }
  }
  return { minutes, occupied: occupiedByMinute, share: sum / counted, demandOf }
}

/** Rotates between two surfaces, so that the waves have constant variance. */
function demandThere(surfaces: readonly [Surface, Surface, Surface], east: number, north: number) {
  const [lasting, one, other] = surfaces.map((surface) => surface(east, north))
  return (minute: number): number => {
    const angle = minute / WAVE_MINUTES
    return Math.exp(CONSTANT_DEMAND_SD * lasting + WAVE_DEMAND_SD * (Math.cos(angle) * one + Math.sin(angle) * other))
  }
}

function park({ bays }: City, occupied: Uint8Array, near: readonly number[][], bay: number, random: Random): void {
  let at = bay
  for (let tries = 0; occupied[at] >= bays[at].capacity; tries += 1) {
    if (tries === MAX_ALTERNATIVES || random() >= ALTERNATIVE_CHANCE) return
    at = near[bay][tries]
  }
  occupied[at] += 1
}

function neighbours({ bays, from }: City): number[][] {
  return bays.map((_, b) =>
    Array.from(bays.keys())
      .filter((other) => other !== b)
      .toSorted((a, c) => from[b][bays[a].place] - from[b][bays[c].place])
      .slice(0, MAX_ALTERNATIVES),
  )
}
