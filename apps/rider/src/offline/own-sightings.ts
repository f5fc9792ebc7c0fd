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

/**
 * How long a rider's own report overrides the server's state. On the server, another rider's sighting counts for 22
 * minutes.
 */
export const OWN_REPORT_SHOWN_MS = 20 * 60_000

/** The answer to a report, or the report itself while it waits for a network. */
type Own = ReportCreatedBody | ReportInput

type Shown = Pick<ZoneBody, 'id' | 'capacity' | 'availability'>

/** The availability of a zone according to a report that waits for a network. */
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

/**
 * The zone with the rider's own report as its state, unless the server has a newer sighting. `now` is epoch
 * milliseconds.
 */
export function withOwn<Z extends Shown>(zone: Z, own: Own | undefined, now: number): Z {
  if (own === undefined) return zone
  const at = sightedAt(own)
  const { state, latest } = zone.availability
  if (now - at >= OWN_REPORT_SHOWN_MS || state === 'closed') return zone
  if (latest !== null && Date.parse(latest.observedAt) >= at) return zone
  return { ...zone, availability: 'report' in own ? own.availability : sighted(zone, own) }
}

/** The time of the sighting that a report shows. A movement keeps the time of the previous sighting. */
function sightedAt(own: Own): number {
  return Date.parse(('report' in own ? own.availability.latest?.observedAt : own.observedAt) ?? '')
}

/** Whether the server has a newer sighting than a report. */
function isNewer({ latest }: AvailabilityBody, own: Own): boolean {
  return latest !== null && Date.parse(latest.observedAt) > sightedAt(own)
}

/** Whether a report has a fullness to show. */
function isSighting(own: Own): boolean {
  if ('report' in own) return own.availability.latest !== null
  return own.kind === 'level' || own.kind === 'count'
}

/**
 * Overrides the state of zones with the rider's own reports in all cached queries. Without this, a report without a
 * position would show only as far as it changed the estimate, because lists and live figures are the same for all
 * riders.
 */
export function showOwnSightings(client: QueryClient, now: () => number): void {
  const owns = new Map<string, Own>()
  /** The server's last availability of zones that show an own report. */
  const replaced = new Map<string, AvailabilityBody>()
  const cache = client.getQueryCache()

  function overridden(zone: Shown): Shown {
    const own = owns.get(zone.id)
    const next = withOwn(zone, own, now())
    if (next !== zone) replaced.set(zone.id, zone.availability)
    if (own !== undefined && isNewer(zone.availability, own)) owns.delete(zone.id)
    return next
  }

  function update({ queryKey, state: { data, dataUpdatedAt } }: Query): void {
    if (data === undefined || owns.size === 0) return
    const next = isDay(queryKey)
      ? withOwnNow(data as ForecastBody, owns.get((data as ForecastBody).zoneId))
      : overlay(queryKey[0], data, overridden as <Z extends Shown>(zone: Z) => Z)
    if (next !== data) client.setQueryData(queryKey, next, { updatedAt: dataUpdatedAt })
  }

  /** Shows the server's last figures again, because without a network they cannot be fetched. */
  function restore(zoneId: string): void {
    const availability = replaced.get(zoneId)
    replaced.delete(zoneId)
    if (availability === undefined) return
    for (const { queryKey, state } of cache.getAll()) {
      if (state.data === undefined || queryKey[0] === KEYS.ahead) continue
      const next = overlay(queryKey[0], state.data, (zone) => (zone.id === zoneId ? { ...zone, availability } : zone))
      if (next !== state.data) client.setQueryData(queryKey, next, { updatedAt: state.dataUpdatedAt })
    }
  }

  function setOwn(zoneId: string, own: Own | null | undefined): void {
    if (own === undefined) return
    if (own !== null && 'report' in own && own.report.kind === 'problem') return
    ownTimes.delete(zoneId)
    if (own === null || !isSighting(own)) {
      owns.delete(zoneId)
      if (own === null) restore(zoneId)
      return
    }
    owns.set(zoneId, own)
    const seen = 'report' in own ? own.report : own
    if (seen.observedAt !== undefined) ownTimes.set(zoneId, seen.observedAt)
    for (const query of cache.getAll()) update(query)
    setTimeout(() => {
      if (owns.get(zoneId) !== own) return
      owns.delete(zoneId)
      for (const name of [KEYS.nearby, KEYS.area, KEYS.zone]) void client.invalidateQueries({ queryKey: [name] })
    }, OWN_REPORT_SHOWN_MS)
  }

  for (const [[, zoneId], own] of client.getQueriesData<Own>({ queryKey: [KEYS.own] })) setOwn(String(zoneId), own)
  cache.subscribe(({ type, query }) => {
    if (type !== 'updated' && type !== 'added') return
    const [name, zoneId] = query.queryKey
    if (name === KEYS.own) setOwn(String(zoneId), query.state.data as Own | null | undefined)
    else update(query)
  })
}

/** Whether a query is a zone's 24-hour forecast; see `forecastQuery`. */
function isDay([name, what]: readonly unknown[]): boolean {
  return name === KEYS.ahead && what === 'day'
}

/** A 24-hour forecast that begins with the rider's own report. */
function withOwnNow(day: ForecastBody, own: Own | undefined): ForecastBody {
  const [first, ...later] = day.points
  if (own === undefined || !('report' in own) || first === undefined || first.state === own.availability.state)
    return day
  const { state, expectedFree, freeLow, freeHigh, chance, source } = own.availability
  return { ...day, points: [{ at: first.at, state, expectedFree, freeLow, freeHigh, chance, source }, ...later] }
}

/** The data of a query with `change` applied to its zones; the same object if none changed. */
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
