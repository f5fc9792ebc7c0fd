import type { NearbyZoneBody, PlanBody, PlanQuery, PlanStopBody } from '@kickstand/contract'
import { distance, DomainError, planStops, TOWN_RIDER, type Plan, type PlanStop } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { readPermits } from '#read-model/search-filter.ts'
import type { Clock } from '#platform/clock.ts'
import { readRequestedTime } from '#features/zones/requested-time.ts'
import { zoneObject } from '#features/zones/zone-json.ts'
import { findCandidates, type FoundCandidates, type Place } from './find-candidates.ts'
import { planText, reasonText } from './plan-text.ts'

const DEFAULT_STOPS = 3
/** Plans to compute until one has no private zone; a place with more of them has nothing for the public. */
const MAX_ATTEMPTS = 8

type Deps = { readonly board: ZoneReader & ZoneSearch & EstimateReader; readonly clock: Clock }

/**
 * The contract's Plan for a rider: zones to try in order, with the chance of a space on arrival, which minimise the
 * expected time until the rider has parked and walked to the destination. There is no router: riding takes the straight
 * line times 1.3, walking times 1.2, at urban speeds. Throws `invalid-request` for half a destination and for a time
 * out of range.
 */
export function makePlan({ board, clock }: Deps, query: PlanQuery): PlanBody {
  const now = clock()
  const time = readRequestedTime(query.at, now)
  const to = readDestination(query)
  const { found, plan } = planWithoutPrivate(board, query, to, time, now)
  const stops = plan.stops.map((stop) => stopBody(board, query, found, stop, time, now))
  return {
    asOf: toTimestamp(now),
    at: toTimestamp(time),
    stops,
    expectedSeconds: Math.round(plan.expectedSeconds),
    chance: roundToHundredths(plan.chance),
    text: planText(stops),
  }
}

function readDestination({ lat, lng, toLat, toLng }: PlanQuery): Place {
  if (toLat === undefined && toLng === undefined) return { lat, lng }
  if (toLat !== undefined && toLng !== undefined) return { lat: toLat, lng: toLng }
  const [given, missing] = toLat === undefined ? ['toLng', 'toLat'] : ['toLat', 'toLng']
  throw new DomainError(
    'invalid-request',
    `The destination is incomplete: ?${given} was given without ?${missing}. Give both or neither.`,
    [{ pointer: `?${missing}`, message: `must be given with ${given}` }],
  )
}

/** Access is not among the fields that searches filter by, so only zones of a plan are checked. */
function planWithoutPrivate(
  board: ZoneReader & ZoneSearch & EstimateReader,
  query: PlanQuery,
  to: Place,
  time: number,
  now: number,
): { found: FoundCandidates; plan: Plan } {
  const privateRows = new Set<number>()
  const view = { time, now, rulesFor: { vehicle: null, permits: [] } }
  const rider = { ...TOWN_RIDER, walkWeight: query.until === 'parked' ? 0 : 1 }
  for (let attempt = 1; ; attempt += 1) {
    const found = findCandidates(board, query, to, view, rider, (row) => !privateRows.has(row))
    const plan = planStops(found.candidates, found.rider, query.limit ?? DEFAULT_STOPS, found.full)
    const before = privateRows.size
    for (const { candidate } of plan.stops) {
      const row = found.rows[candidate]
      if (zoneObject(board, row, view)['access'] === 'private') privateRows.add(row)
    }
    if (privateRows.size === before) return { found, plan }
    if (attempt === MAX_ATTEMPTS) return { found: { ...found, rows: [] }, plan: planStops([], found.rider, 1) }
  }
}

function stopBody(
  board: ZoneReader & ZoneSearch & EstimateReader,
  query: PlanQuery,
  { rows }: FoundCandidates,
  stop: PlanStop,
  time: number,
  now: number,
): PlanStopBody {
  const row = rows[stop.candidate]
  const arriveAt = time + Math.round(stop.arriveSeconds) * 1000
  const metres = distance(query.lat, query.lng, board.lat(row), board.lng(row))
  const rulesFor = { vehicle: query.vehicle ?? null, permits: readPermits(query.permits) }
  const zoneBody = zoneObject(board, row, { time: arriveAt, now, rulesFor })
  const zone = { ...zoneBody, distance: Math.round(metres * 10) / 10 } as NearbyZoneBody
  const body = {
    zone,
    rideSeconds: Math.round(stop.rideSeconds),
    rideMetres: Math.round(stop.rideMetres),
    walkSeconds: Math.round(stop.walkSeconds),
    arriveAt: toTimestamp(arriveAt),
    chance: roundToHundredths(stop.chance),
    chanceKnown: stop.chanceKnown,
    reachedWith: roundToHundredths(stop.reachedWith),
    chanceSoFar: roundToHundredths(stop.chanceSoFar),
    expectedSeconds: Math.round(stop.expectedSeconds),
    reasons: stop.reasons.map(({ code, chance, metres: m, seconds }) => ({
      code,
      chance: chance === null ? null : roundToHundredths(chance),
      metres: m === null ? null : Math.round(m),
      seconds: seconds === null ? null : Math.round(seconds),
    })),
  }
  return { ...body, reason: reasonText(body) }
}

function roundToHundredths(chance: number): number {
  return Math.round(Math.min(1, Math.max(0, chance)) * 100) / 100
}
