import { seeded, type Random } from '#random.ts'
import { poisson, randomSurface, type City, type Surface } from './city.ts'

/** What really happens in a city, minute by minute from a Monday's midnight; nobody in it sees more than a bay at a time. */
export type Truth = {
  readonly minutes: number
  /** Bikes in bay b at minute t at `t * bays + b`. */
  readonly occupied: Uint8Array
  /** Share of all spaces occupied by day (see {@link isDay}), after the first days. */
  readonly share: number
  /** How many want to park at a place, minute by minute, over what is usual in the city. */
  demandOf(east: number, north: number): (minute: number) => number
}

const DAY = 1_440
/** Minutes, as in the simulated bay. */
const MEAN_STAY = 180
/** Demand differs over the city for good, and waves of it pass over: sd of its log, and metres over which it is alike. */
const LASTING = 0.5
const PASSING = 0.35
const ALIKE = 300
/** Minutes over which a wave passes by. */
const PASSING_TIME = 150
/** Who finds a bay full tries so many others near it with this probability each, then goes elsewhere. */
const SPILLS = 2
const SPILL_CHANCE = 0.6
/** Days in which demand is turned until the city is as full by day as it should be. */
const TURNING_DAYS = 3

/** From ten to six, when the city is as full as it gets and riders look for spaces. */
export function isDay(minute: number): boolean {
  return minute % DAY >= 600 && minute % DAY < 1_080
}

/** Share of the day's demand at a minute: little at night, all of it from ten to six. */
function shareOfDay(minute: number): number {
  const fromNoon = Math.abs((minute % DAY) - 840)
  return 0.35 + 0.65 * Math.min(1, Math.max(0, (480 - fromNoon) / 240))
}

/** Lets a city live for some days, by day as full as `target` (share of its spaces). */
export function simulateTruth(city: City, target: number, days: number, seed: number): Truth {
  const random = seeded(50_000 + seed)
  const { bays } = city
  const surfaces = [randomSurface(ALIKE, random), randomSurface(ALIKE, random), randomSurface(ALIKE, random)] as const
  const demandOf = (east: number, north: number) => demandThere(surfaces, east, north)
  const demands = bays.map(({ east, north }) => demandOf(east, north))
  const capacity = bays.reduce((sum, bay) => sum + bay.capacity, 0)
  const near = neighbours(city)
  const minutes = days * DAY
  const kept = new Uint8Array(minutes * bays.length)
  const occupied = new Uint8Array(bays.length)
  const loads = new Float64Array(bays.length)
  let base = 1
  let sum = 0
  let counted = 0
  for (let t = 0; t < minutes; t += 1) {
    if (t % 5 === 0) for (const [b, demand] of demands.entries()) loads[b] = demand(t)
    for (let b = 0; b < bays.length; b += 1) {
      occupied[b] -= Math.min(occupied[b], poisson(occupied[b] / MEAN_STAY, random))
      const coming = poisson((base * shareOfDay(t) * loads[b] * bays[b].capacity) / MEAN_STAY, random)
      for (let i = 0; i < coming; i += 1) park(city, occupied, near, b, random)
    }
    kept.set(occupied, t * bays.length)
    if (!isDay(t)) continue
    let parked = 0
    for (const count of occupied) parked += count
    if (t < TURNING_DAYS * DAY) base *= Math.exp(0.03 * (target - parked / capacity))
    else {
      sum += parked / capacity
      counted += 1
    }
  }
  return { minutes, occupied: kept, share: sum / counted, demandOf }
}

/** Two surfaces turn into one another and back, so that the waves are as strong at any time. */
function demandThere(surfaces: readonly [Surface, Surface, Surface], east: number, north: number) {
  const [lasting, one, other] = surfaces.map((surface) => surface(east, north))
  return (minute: number): number => {
    const angle = minute / PASSING_TIME
    return Math.exp(LASTING * lasting + PASSING * (Math.cos(angle) * one + Math.sin(angle) * other))
  }
}

function park({ bays }: City, occupied: Uint8Array, near: readonly number[][], bay: number, random: Random): void {
  let at = bay
  for (let tries = 0; occupied[at] >= bays[at].capacity; tries += 1) {
    if (tries === SPILLS || random() >= SPILL_CHANCE) return
    at = near[bay][tries]
  }
  occupied[at] += 1
}

function neighbours({ bays, from }: City): number[][] {
  return bays.map((_, b) =>
    Array.from(bays.keys())
      .filter((other) => other !== b)
      .toSorted((a, c) => from[b][bays[a].place] - from[b][bays[c].place])
      .slice(0, SPILLS),
  )
}
