import type { ReportInput } from '@kickstand/contract'
import type { Level } from '@kickstand/domain'
import type { SimulatedOccupancy } from './simulate-occupancy.ts'
import { between, chance, gaussian, pick, pickWeighted, wholeBetween, type Random } from './random.ts'
import type { SimulatedZone } from './simulated-riders.ts'

const METRES_PER_DEGREE = 111_195

/** The report of a rider at the zone at that time: mostly right, sometimes slightly off, rarely wrong. */
export function riderReport(
  random: Random,
  zone: SimulatedZone,
  occupancy: SimulatedOccupancy,
  time: number,
): ReportInput {
  const occupied = occupancy.occupiedAt(time)
  const place = { zoneId: zone.id, observedAt: new Date(time).toISOString(), position: positionNear(random, zone) }
  const kind = pickWeighted(random, [
    ['count', 60],
    ['level', 24],
    ['arrived', 8],
    ['left', 7],
    ['problem', 1],
  ] as const)
  if (kind === 'problem') return { ...place, kind, problem: pick(random, ['blocked', 'faded', 'unsafe'] as const) }
  if (kind === 'arrived' && occupancy.move(1)) return { ...place, kind }
  if (kind === 'left' && occupancy.move(-1)) return { ...place, kind }
  if (chance(random, 0.03)) return { ...place, kind: 'count', count: wholeBetween(random, 0, occupancy.capacity) }
  if (kind === 'level') return { ...place, kind, level: levelOf(occupancy.capacity - occupied, occupancy.capacity) }
  return { ...place, kind: 'count', count: countSeen(random, occupied, occupancy.capacity) }
}

function countSeen(random: Random, occupied: number, capacity: number): number {
  // One motorcycle more than there are spaces.
  if (occupied === capacity && chance(random, 0.08)) return capacity + 1
  const slip = chance(random, 0.15) ? Math.round(gaussian(random)) : 0
  return Math.min(capacity, Math.max(0, occupied + slip))
}

/** The level that people report: by the number of free spaces where there are few, else by the share. */
function levelOf(free: number, capacity: number): Level {
  if (free === 0) return 'full'
  if (free <= 2 || free < capacity * 0.12) return 'few'
  return free < capacity * 0.45 ? 'some' : 'plenty'
}

function positionNear(random: Random, { lat, lng }: SimulatedZone): NonNullable<ReportInput['position']> {
  const metres = between(random, 2, 35)
  const way = between(random, 0, 2 * Math.PI)
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
  return {
    lat: round(lat + (metres * Math.sin(way)) / METRES_PER_DEGREE),
    lng: round(lng + (metres * Math.cos(way)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180))),
    accuracy: wholeBetween(random, 4, 18),
  }
}
