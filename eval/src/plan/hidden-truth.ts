import { exponential, seeded, type Random } from '#random.ts'
import { poisson, randomSurface, type City } from './city.ts'

/** What really happens in a city, minute by minute; nobody in it sees more than a bay at a time. */
export type Truth = {
  readonly minutes: number
  /** Bikes in bay b at minute t at `t * bays + b`. */
  readonly occupied: Uint8Array
  /** Mean share occupied over what was kept. */
  readonly share: number
}

const MEAN_STAY = 120
/** Demand differs over the city (lasting), and waves of it pass over (e-folding time in minutes): sd of the log, metres alike. */
const LASTING = 0.3
const PASSING = 0.35
const PASSING_TIME = 150
const ALIKE = 300
/** Who finds a bay full tries so many others near it with this probability each, then goes elsewhere. */
const SPILLS = 2
const SPILL_CHANCE = 0.6
const WARM_UP = 1_200

/** Lets a city live until it is as full as `target`, then keeps `minutes` of it. */
export function simulateTruth(city: City, target: number, minutes: number, seed: number): Truth {
  const random = seeded(50_000 + seed)
  const { bays } = city
  const capacity = bays.reduce((sum, bay) => sum + bay.capacity, 0)
  const lasting = bays.map(over(randomSurface(ALIKE, random)))
  const passing = [bays.map(over(randomSurface(ALIKE, random))), bays.map(over(randomSurface(ALIKE, random)))]
  const near = neighbours(city)
  const occupied = Uint8Array.from(bays, (bay) => Math.round(bay.capacity * target))
  const kept = new Uint8Array(minutes * bays.length)
  let base = 1
  let sum = 0
  for (let t = -WARM_UP; t < minutes; t += 1) {
    // Two surfaces turning into one another and back: at any time as strong as one.
    const angle = t / PASSING_TIME
    for (let b = 0; b < bays.length; b += 1) {
      const wave = Math.cos(angle) * passing[0][b] + Math.sin(angle) * passing[1][b]
      const load = base * Math.exp(LASTING * lasting[b] + PASSING * wave)
      occupied[b] -= departures(occupied[b], random)
      const coming = poisson((load * bays[b].capacity) / MEAN_STAY, random)
      for (let i = 0; i < coming; i += 1) park(city, occupied, near, b, random)
    }
    let parked = 0
    for (const count of occupied) parked += count
    // Demand is turned until the city is as full as it should be, and left alone then.
    if (t < 0) base *= Math.exp(0.02 * (target - parked / capacity))
    else {
      kept.set(occupied, t * bays.length)
      sum += parked / capacity
    }
  }
  return { minutes, occupied: kept, share: sum / minutes }
}

function over(surface: (east: number, north: number) => number) {
  return ({ east, north }: { readonly east: number; readonly north: number }): number => surface(east, north)
}

function departures(parked: number, random: Random): number {
  let gone = 0
  for (let i = 0; i < parked; i += 1) if (exponential(random) < 1 / MEAN_STAY) gone += 1
  return gone
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
