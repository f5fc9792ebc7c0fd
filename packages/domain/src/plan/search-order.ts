import { LATER_SECONDS, MAX_FULL_ZONES, MAX_STOPS, type PlanCandidate, type PlanRider } from './plan.ts'
import { rideSeconds, seekSeconds, walkSeconds } from './choose-candidates.ts'
import { writeFields, MAX_PLANNED, SCENARIOS, spreadChance } from './scenarios.ts'

// Finds the best order by depth-first branch and bound. The cost of an order is the same sum in every scenario: each leg and stop
// times the probability of getting that far, each walk times that of parking there, the fallback times that of finding nothing.
// The lower bound is the cheapest continuation from a place with chances as if no further stop were full, and with repeated visits
// allowed. Full stops lower chances, so no order with the same start can be cheaper. The sampled scenarios keep to that rule only
// approximately: an order that is slightly better can be missed, by up to .06 s without zones seen full and 2.3 % with them (the
// largest of 370,000 random cases each).

/** Maximum number of legs in a search, which then returns the best order so far. Only unusual inputs come near it. */
const MAX_LEGS = 60_000
const EPSILON = 1e-7

/** The working data of a search, filled by `fillTables`; reused, so that a request allocates almost nothing. */
export type OrderTables = {
  count: number
  stops: number
  /** Seconds from each place where it was the last stop and full. */
  readonly seeks: Float64Array
  /** Seconds without any stop. */
  seek: number
  stopSeconds: number
  /** Seconds of riding from i to j at `i * MAX_PLANNED + j`; from the rider in row MAX_PLANNED. */
  readonly legs: Float64Array
  readonly walks: Float64Array
  /** Chance by scenario when riding there directly, and its change LATER_SECONDS later. */
  readonly soon: Float64Array
  readonly drift: Float64Array
  readonly drifts: Uint8Array
  /** Upper bound of the chance at each place. */
  readonly most: Float64Array
  /** Lower bound of the seconds from i with `left` stops left, at `left * WIDTH + i`. */
  readonly bounds: Float64Array
}

const WIDTH = MAX_PLANNED + 1
/** Row of the start. */
export const START: number = MAX_PLANNED

export function createTables(): OrderTables {
  return {
    count: 0,
    stops: 0,
    seeks: new Float64Array(MAX_PLANNED),
    seek: 0,
    stopSeconds: 0,
    legs: new Float64Array(WIDTH * MAX_PLANNED),
    walks: new Float64Array(MAX_PLANNED),
    soon: new Float64Array(MAX_PLANNED * SCENARIOS),
    drift: new Float64Array(MAX_PLANNED * SCENARIOS),
    drifts: new Uint8Array(MAX_PLANNED),
    most: new Float64Array(MAX_PLANNED),
    bounds: new Float64Array((MAX_STOPS + 1) * WIDTH),
  }
}

const easts = new Float64Array(MAX_PLANNED + MAX_FULL_ZONES)
const norths = new Float64Array(MAX_PLANNED + MAX_FULL_ZONES)
const fields = new Float64Array((MAX_PLANNED + MAX_FULL_ZONES) * SCENARIOS)
const fullChance = new Float64Array(SCENARIOS)

/**
 * Fills the tables for the `chosen` candidates (at most MAX_PLANNED). `guess` replaces an unknown chance; `full` are zones (at most
 * MAX_FULL_ZONES) that the rider has just seen full, with their estimated chances.
 */
export function fillTables(
  tables: OrderTables,
  candidates: readonly PlanCandidate[],
  chosen: readonly number[],
  rider: PlanRider,
  stops: number,
  guess: number,
  full: readonly PlanCandidate[],
): void {
  const count = chosen.length
  tables.count = count
  tables.stops = Math.min(stops, count)
  tables.seek = seekSeconds(rider, rider)
  tables.stopSeconds = rider.stopSeconds
  for (let i = 0; i < count; i += 1) {
    const candidate = candidates[chosen[i]]
    const { east, north } = candidate
    tables.walks[i] = rider.walkWeight * walkSeconds(rider, candidate)
    tables.seeks[i] = seekSeconds(rider, candidate)
    tables.legs[START * MAX_PLANNED + i] = rideSeconds(rider, Math.hypot(east - rider.east, north - rider.north))
  }
  const fieldOf = writeFieldsInOrder(candidates, chosen, full)
  weightByFull(full, count, guess)
  for (let i = 0; i < count; i += 1) {
    const { east, north, chance, chanceLater } = candidates[chosen[i]]
    for (let j = 0; j < count; j += 1) {
      const other = candidates[chosen[j]]
      tables.legs[i * MAX_PLANNED + j] = rideSeconds(rider, Math.hypot(east - other.east, north - other.north))
    }
    const soon = chance ?? guess
    const later = chanceLater ?? soon
    const at = i * SCENARIOS
    spreadChance(soon, fields, fieldOf[i], at, tables.soon)
    tables.drifts[i] = later === soon ? 0 : 1
    if (later !== soon) {
      spreadChance(later, fields, fieldOf[i], at, tables.drift)
      for (let s = at; s < at + SCENARIOS; s += 1) tables.drift[s] -= tables.soon[s]
    }
    tables.most[i] = Math.max(meanChance(tables.soon, at), later === soon ? 0 : meanLaterChance(tables, at))
  }
  fillBounds(tables)
}

/** Chance of parking when riding directly to the place whose scenarios begin at `at`, given the zones seen full. */
function meanChance(soon: Float64Array, at: number): number {
  let sum = 0
  for (let s = 0; s < SCENARIOS; s += 1) sum += reach[s] * soon[at + s]
  return sum / SCENARIOS
}

/** The same, LATER_SECONDS later. */
function meanLaterChance({ soon, drift }: OrderTables, at: number): number {
  let sum = 0
  for (let s = 0; s < SCENARIOS; s += 1) sum += reach[s] * (soon[at + s] + drift[at + s])
  return sum / SCENARIOS
}

/**
 * Writes the fields in the input order of the candidates, so that chances do not change the shared demand. Returns the offset of the
 * field of each of `chosen`.
 */
function writeFieldsInOrder(
  candidates: readonly PlanCandidate[],
  chosen: readonly number[],
  full: readonly PlanCandidate[],
): number[] {
  const ordered = chosen.toSorted((a, b) => a - b)
  for (const [i, { east, north }] of [...ordered.map((candidate) => candidates[candidate]), ...full].entries()) {
    easts[i] = east
    norths[i] = north
  }
  writeFields(easts, norths, ordered.length + full.length, fields)
  return chosen.map((candidate) => ordered.indexOf(candidate) * SCENARIOS)
}

/** Weights the scenarios by the zones seen full, whose fields begin after `count` others: scenarios where they are full count more. */
function weightByFull(full: readonly PlanCandidate[], count: number, guess: number): void {
  reach.fill(1, 0, SCENARIOS)
  for (const [i, { chance }] of full.entries()) {
    spreadChance(chance ?? guess, fields, (count + i) * SCENARIOS, 0, fullChance)
    let sum = 0
    for (let s = 0; s < SCENARIOS; s += 1) {
      reach[s] *= 1 - fullChance[s]
      sum += reach[s]
    }
    for (let s = 0; s < SCENARIOS; s += 1) reach[s] *= SCENARIOS / sum
  }
}

function fillBounds({ bounds, count, stops, seeks, stopSeconds, legs, walks, most }: OrderTables): void {
  bounds.set(seeks)
  for (let left = 1; left <= stops; left += 1) {
    for (let from = 0; from < count; from += 1) {
      let least = seeks[from]
      for (let to = 0; to < count; to += 1) {
        if (to === from) continue
        const on = bounds[(left - 1) * WIDTH + to]
        const then = walks[to] < on ? most[to] * walks[to] + (1 - most[to]) * on : on
        least = Math.min(least, legs[from * MAX_PLANNED + to] + stopSeconds + then)
      }
      bounds[left * WIDTH + from] = least
    }
  }
}

/** Probability, by scenario, that the rider reaches each depth; row 0 is the start. */
const reach = new Float64Array((MAX_STOPS + 1) * SCENARIOS)
/** Probability of reaching a depth, and of parking at the stop before it. */
const coming: Float64Array = new Float64Array(MAX_STOPS + 1).fill(1, 0, 1)
const parking: Float64Array = new Float64Array(MAX_STOPS + 1)

/** Visits place `to` as stop number `depth + 1`, `elapsed` seconds after the start. */
function visit(tables: OrderTables, depth: number, to: number, elapsed: number): void {
  const { soon, drift } = tables
  const at = to * SCENARIOS
  const from = depth * SCENARIOS
  const into = from + SCENARIOS
  let parked = 0
  let left = 0
  if (tables.drifts[to] === 0) {
    for (let s = 0; s < SCENARIOS; s += 1) {
      const here = reach[from + s] * soon[at + s]
      parked += here
      const on = reach[from + s] - here
      reach[into + s] = on
      left += on
    }
  } else {
    const late = (elapsed - tables.legs[START * MAX_PLANNED + to] - tables.stopSeconds) / LATER_SECONDS
    const share = Math.min(1, Math.max(0, late))
    for (let s = 0; s < SCENARIOS; s += 1) {
      const here = reach[from + s] * (soon[at + s] + share * drift[at + s])
      parked += here
      const on = reach[from + s] - here
      reach[into + s] = on
      left += on
    }
  }
  parking[depth + 1] = parked / SCENARIOS
  coming[depth + 1] = left / SCENARIOS
}

/** One stop of an order: the probabilities of reaching it and of parking there, and the seconds on arrival. */
export type OrderStep = { readonly coming: number; readonly parking: number; readonly arrive: number }

/** Expected seconds of an order of places in the tables; appends the stops to `steps`. */
export function costOrder(tables: OrderTables, order: readonly number[], steps?: OrderStep[]): number {
  if (order.length === 0) return tables.seek
  let from = START
  let elapsed = 0
  let cost = 0
  for (let depth = 0; depth < order.length; depth += 1) {
    const to = order[depth]
    const leg = tables.legs[from * MAX_PLANNED + to] + tables.stopSeconds
    elapsed += leg
    visit(tables, depth, to, elapsed)
    cost += coming[depth] * leg + parking[depth + 1] * tables.walks[to]
    steps?.push({ coming: coming[depth], parking: parking[depth + 1], arrive: elapsed })
    from = to
  }
  return cost + coming[order.length] * tables.seeks[from]
}

const path = new Int32Array(MAX_STOPS)
const used = new Uint8Array(MAX_PLANNED)
const best = { cost: 0, length: 0, order: new Int32Array(MAX_STOPS), legs: 0 }

/**
 * The order of at most `tables.stops` places with the least expected seconds, nearly: see the head of this file. It is at least as
 * good as the `known` orders. Of equally good orders the first found is kept; places are tried in the order of the tables.
 */
export function searchOrder(tables: OrderTables, known: readonly (readonly number[])[]): number[] {
  best.cost = tables.seek
  best.length = 0
  best.legs = 0
  used.fill(0)
  for (const order of known) {
    const cost = costOrder(tables, order)
    if (cost < best.cost - EPSILON) {
      best.cost = cost
      best.length = order.length
      best.order.set(order)
    }
  }
  descend(tables, 0, START, 0, 0)
  return [...best.order.subarray(0, best.length)]
}

function descend(tables: OrderTables, depth: number, from: number, elapsed: number, cost: number): void {
  const { bounds, count, legs, seeks, stops, stopSeconds, walks } = tables
  const left = stops - depth - 1
  const arrived = coming[depth]
  for (let to = 0; to < count; to += 1) {
    if (used[to] === 1) continue
    const leg = legs[from * MAX_PLANNED + to] + stopSeconds
    const on = bounds[left * WIDTH + to]
    const most = tables.most[to]
    // A cheap bound first: the best that this stop could give.
    const atBest = walks[to] < on ? most * walks[to] + (1 - most) * on : on
    if (cost + arrived * (leg + atBest) >= best.cost - EPSILON) continue
    best.legs += 1
    if (best.legs > MAX_LEGS) return
    visit(tables, depth, to, elapsed + leg)
    const after = coming[depth + 1]
    const paid = cost + arrived * leg + parking[depth + 1] * walks[to]
    path[depth] = to
    if (paid + after * seeks[to] < best.cost - EPSILON) {
      best.cost = paid + after * seeks[to]
      best.length = depth + 1
      best.order.set(path.subarray(0, depth + 1))
    }
    if (left === 0 || paid + after * on >= best.cost - EPSILON) continue
    used[to] = 1
    descend(tables, depth + 1, to, elapsed + leg, paid)
    used[to] = 0
  }
}
