import { LATER_SECONDS } from './plan.ts'
import { START, WIDTH, type OrderTables } from './order-tables.ts'
import { MAX_PLANNED, SCENARIOS } from './scenarios.ts'

// Finds the best order by depth-first branch and bound. The cost of an order is the same sum in every scenario: each leg and stop
// times the probability of getting that far, each walk times that of parking there, the fallback times that of finding nothing.
// The lower bound is the cheapest continuation from a place with chances as if no further stop were full, and with repeated visits
// allowed. Full stops lower chances, so no order with the same start can be cheaper. The sampled scenarios keep to that rule only
// approximately: an order that is slightly better can be missed, by up to .06 s without zones seen full and 2.3 % with them (the
// largest of 370,000 random cases each).

/** Maximum number of legs in a search, which then returns the best order so far. Only unusual inputs come near it. */
const MAX_LEGS = 60_000
const EPSILON = 1e-7

/** Visits place `to` as stop number `depth + 1`, `elapsed` seconds after the start. */
function visit(tables: OrderTables, depth: number, to: number, elapsed: number): void {
  const { soon, drift } = tables
  const { coming, parking, reach } = tables.workspace
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
  const { coming, parking } = tables.workspace
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

/**
 * The order of at most `tables.stops` places with the least expected seconds, nearly: see the head of this file. It is at least as
 * good as the `known` orders. Of equally good orders the first found is kept; places are tried in the order of the tables.
 */
export function searchOrder(tables: OrderTables, known: readonly (readonly number[])[]): number[] {
  const { best, used } = tables.workspace
  best.cost = tables.seek
  best.length = 0
  tables.workspace.legs = 0
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
  const { bounds, count, legs, seeks, stops, stopSeconds, walks, workspace } = tables
  const { best, coming, parking, path, used } = workspace
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
    workspace.legs += 1
    if (workspace.legs > MAX_LEGS) return
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
