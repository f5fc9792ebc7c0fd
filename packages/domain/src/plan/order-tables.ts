import { MAX_FULL_ZONES, MAX_STOPS, type PlanCandidate, type PlanRider } from './plan.ts'
import { rideSeconds, seekSeconds, walkSeconds } from './choose-candidates.ts'
import { writeFields, MAX_PLANNED, SCENARIOS, spreadChance } from './scenarios.ts'

/** What `fillTables` and a search write while they work. */
export type Workspace = {
  /** Positions (metres) and fields of the places, then of the zones seen full. */
  readonly easts: Float64Array
  readonly norths: Float64Array
  readonly fields: Float64Array
  /** Chance of a zone seen full, by scenario. */
  readonly fullChance: Float64Array
  /** Probability, by scenario, that the rider reaches each depth; row 0 is the start. */
  readonly reach: Float64Array
  /** Probability of reaching a depth, and of parking at the stop before it. */
  readonly coming: Float64Array
  readonly parking: Float64Array
  /** The order that the search tries, and which places are in it. */
  readonly path: Int32Array
  readonly used: Uint8Array
  /** The best order so far. */
  readonly best: { cost: number; length: number; readonly order: Int32Array }
  legs: number
}

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
  readonly workspace: Workspace
}

/** Length of a row of `bounds`. */
export const WIDTH: number = MAX_PLANNED + 1
/** Row of the start. */
export const START: number = MAX_PLANNED

/** Empty tables for searches that run one after the other. */
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
    workspace: createWorkspace(),
  }
}

function createWorkspace(): Workspace {
  const places = MAX_PLANNED + MAX_FULL_ZONES
  return {
    easts: new Float64Array(places),
    norths: new Float64Array(places),
    fields: new Float64Array(places * SCENARIOS),
    fullChance: new Float64Array(SCENARIOS),
    reach: new Float64Array((MAX_STOPS + 1) * SCENARIOS),
    coming: new Float64Array(MAX_STOPS + 1).fill(1, 0, 1),
    parking: new Float64Array(MAX_STOPS + 1),
    path: new Int32Array(MAX_STOPS),
    used: new Uint8Array(MAX_PLANNED),
    best: { cost: 0, length: 0, order: new Int32Array(MAX_STOPS) },
    legs: 0,
  }
}

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
  const { workspace } = tables
  const fieldOf = writeFieldsInOrder(workspace, candidates, chosen, full)
  weightByFull(workspace, full, count, guess)
  for (let i = 0; i < count; i += 1) {
    const { east, north, chance, chanceLater } = candidates[chosen[i]]
    for (let j = 0; j < count; j += 1) {
      const other = candidates[chosen[j]]
      tables.legs[i * MAX_PLANNED + j] = rideSeconds(rider, Math.hypot(east - other.east, north - other.north))
    }
    const soon = chance ?? guess
    const later = chanceLater ?? soon
    const at = i * SCENARIOS
    spreadChance(soon, workspace.fields, fieldOf[i], at, tables.soon)
    tables.drifts[i] = later === soon ? 0 : 1
    if (later !== soon) {
      spreadChance(later, workspace.fields, fieldOf[i], at, tables.drift)
      for (let s = at; s < at + SCENARIOS; s += 1) tables.drift[s] -= tables.soon[s]
    }
    tables.most[i] = Math.max(meanChance(tables, at), later === soon ? 0 : meanLaterChance(tables, at))
  }
  fillBounds(tables)
}

/** Chance of parking when riding directly to the place whose scenarios begin at `at`, given the zones seen full. */
function meanChance({ soon, workspace: { reach } }: OrderTables, at: number): number {
  let sum = 0
  for (let s = 0; s < SCENARIOS; s += 1) sum += reach[s] * soon[at + s]
  return sum / SCENARIOS
}

/** The same, LATER_SECONDS later. */
function meanLaterChance({ soon, drift, workspace: { reach } }: OrderTables, at: number): number {
  let sum = 0
  for (let s = 0; s < SCENARIOS; s += 1) sum += reach[s] * (soon[at + s] + drift[at + s])
  return sum / SCENARIOS
}

/**
 * Writes the fields in the input order of the candidates, so that chances do not change the shared demand. Returns the offset of the
 * field of each of `chosen`.
 */
function writeFieldsInOrder(
  { easts, norths, fields }: Workspace,
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
function weightByFull(
  { fields, fullChance, reach }: Workspace,
  full: readonly PlanCandidate[],
  count: number,
  guess: number,
): void {
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
