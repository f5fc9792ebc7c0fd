import type {
  AvailabilityBody,
  ForecastBody,
  NearbyBody,
  ReportCreatedBody,
  ReportInput,
  ZoneBody,
} from '@kickstand/contract'
import { stateOfFree } from '@kickstand/domain'
import type { Query, QueryClient } from '@tanstack/react-query'
import { KEYS } from '../api/queries.ts'
import { ownTimes } from './own-times.ts'

/** So long a rider is shown what they reported before what the server says without it; the server lets a stranger's rule 22 min. */
export const OWN_LASTS_MS = 20 * 60_000

/** The answer to a report, or the report itself while it waits for a network. */
type Own = ReportCreatedBody | ReportInput

type Shown = Pick<ZoneBody, 'id' | 'capacity' | 'availability'>

/** The report as the state of its zone, by what is known of that. */
function sighted({ availability, capacity }: Shown, input: ReportInput): AvailabilityBody {
  const level = input.level ?? null
  const count = input.count ?? null
  const observedAt = input.observedAt ?? null
  const counted = count === null || capacity === null ? null : Math.max(0, capacity - count)
  const state = level ?? (counted === null || capacity === null ? availability.state : stateOfFree(counted, capacity))
  const free = state === 'full' && capacity !== null ? 0 : counted
  return {
    ...availability,
    state,
    expectedFree: free,
    freeLow: free,
    freeHigh: free,
    chance: null,
    observedAt,
    ageSeconds: 0,
    source: 'rider',
    latest:
      observedAt === null
        ? null
        : {
            kind: level === null ? 'count' : 'level',
            level,
            count,
            observedAt,
            source: 'rider',
            agrees: false,
            expected: null,
          },
  }
}

/** A zone as its rider is shown it, `now` in epoch milliseconds: their own report, unless what the server tells is newer. */
export function withOwn<Z extends Shown>(zone: Z, own: Own | undefined, now: number): Z {
  if (own === undefined) return zone
  const at = madeAt(own)
  const { state, latest } = zone.availability
  if (now - at >= OWN_LASTS_MS || state === 'closed') return zone
  if (latest !== null && Date.parse(latest.observedAt) >= at) return zone
  return { ...zone, availability: 'report' in own ? own.availability : sighted(zone, own) }
}

/** When what is shown of a report was seen: a movement leaves the time of the sighting that it changed. */
function madeAt(own: Own): number {
  return Date.parse(('report' in own ? own.availability.latest?.observedAt : own.observedAt) ?? '')
}

/** Whether the server tells something newer than a report. */
function isNewer({ latest }: AvailabilityBody, own: Own): boolean {
  return latest !== null && Date.parse(latest.observedAt) > madeAt(own)
}

/** Whether a report says how full its zone was, and the server shows its rider that. */
function isSighting(own: Own): boolean {
  if ('report' in own) return own.availability.latest !== null
  return own.kind === 'level' || own.kind === 'count'
}

/**
 * Shows a rider their own reports as the state of their zones, in every list and wherever the figures come from. Others are shown
 * a report without a position as far as the estimate believes it, and so are lists and live figures.
 */
export function showOwnSightings(client: QueryClient, now: () => number): void {
  const owns = new Map<string, Own>()
  const cache = client.getQueryCache()

  function changed(zone: Shown): Shown {
    const own = owns.get(zone.id)
    const next = withOwn(zone, own, now())
    if (own !== undefined && isNewer(zone.availability, own)) owns.delete(zone.id)
    return next
  }

  function show({ queryKey, state: { data, dataUpdatedAt } }: Query): void {
    if (data === undefined || owns.size === 0) return
    const next = isDay(queryKey)
      ? withOwnNow(data as ForecastBody, owns.get((data as ForecastBody).zoneId))
      : overlay(queryKey[0], data, changed as <Z extends Shown>(zone: Z) => Z)
    if (next !== data) client.setQueryData(queryKey, next, { updatedAt: dataUpdatedAt })
  }

  function take(zoneId: string, own: Own | null | undefined): void {
    if (own === undefined) return
    if (own !== null && 'report' in own && own.report.kind === 'problem') return
    ownTimes.delete(zoneId)
    if (own === null || !isSighting(own)) return void owns.delete(zoneId)
    owns.set(zoneId, own)
    const seen = 'report' in own ? own.report : own
    if (seen.observedAt !== undefined) ownTimes.set(zoneId, seen.observedAt)
    for (const query of cache.getAll()) show(query)
    setTimeout(() => {
      if (owns.get(zoneId) !== own) return
      owns.delete(zoneId)
      for (const name of [KEYS.nearby, KEYS.area, KEYS.zone]) void client.invalidateQueries({ queryKey: [name] })
    }, OWN_LASTS_MS)
  }

  for (const [[, zoneId], own] of client.getQueriesData<Own>({ queryKey: [KEYS.own] })) take(String(zoneId), own)
  cache.subscribe(({ type, query }) => {
    if (type !== 'updated' && type !== 'added') return
    const [name, zoneId] = query.queryKey
    if (name === KEYS.own) take(String(zoneId), query.state.data as Own | null | undefined)
    else show(query)
  })
}

/** Whether a query is for a zone's next day; see `forecastQuery`. */
function isDay([name, what]: readonly unknown[]): boolean {
  return name === KEYS.ahead && what === 'day'
}

/** A zone's day that begins with what its rider reported. */
function withOwnNow(day: ForecastBody, own: Own | undefined): ForecastBody {
  const [first, ...later] = day.points
  if (own === undefined || !('report' in own) || first === undefined || first.state === own.availability.state)
    return day
  const { state, expectedFree, freeLow, freeHigh, chance, source } = own.availability
  return { ...day, points: [{ at: first.at, state, expectedFree, freeLow, freeHigh, chance, source }, ...later] }
}

/** The data of a query with its zones changed; the very same where none was. */
function overlay(name: unknown, data: unknown, change: <Z extends Shown>(zone: Z) => Z): unknown {
  if (name === KEYS.zone) return change(data as ZoneBody)
  if (name === KEYS.area) return changeAll(data as ZoneBody[], change)
  if (name !== KEYS.nearby || !('zones' in (data as object))) return data
  const body = data as NearbyBody
  const zones = changeAll(body.zones, change)
  return zones === body.zones ? body : { ...body, zones }
}

function changeAll<Z extends Shown>(zones: Z[], change: (zone: Z) => Z): Z[] {
  const changed = zones.map(change)
  return changed.some((zone, i) => zone !== zones[i]) ? changed : zones
}
