import type { AvailabilityBody, NearbyBody, ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { LEVELS, stateOfFree } from '@kickstand/domain'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEYS } from '../api/queries.ts'
import { OWN_REPORT_SHOWN_MS, showOwnSightings, withOwn } from './own-sightings.ts'
import { ownTimes } from './own-times.ts'

const NOW = Date.UTC(2026, 5, 1, 12)
const ID = 'zone00001'

const estimate: AvailabilityBody = {
  state: 'few',
  expectedFree: 3.4,
  freeLow: 0,
  freeHigh: 10,
  chance: 0.63,
  observedAt: new Date(NOW).toISOString(),
  ageSeconds: 0,
  source: 'rider',
  reports: 1,
  reportsDisagree: false,
  capacityDoubted: false,
  latest: null,
}
const zone = { id: ID, capacity: 17, availability: estimate }

function sightedAt(time: number, level: (typeof LEVELS)[number]): AvailabilityBody {
  const latest = { kind: 'level', level, count: null, observedAt: new Date(time).toISOString() } as const
  return { ...estimate, state: level, latest: { ...latest, source: 'rider', agrees: false, expected: null } }
}

function waiting(observation: Pick<ReportInput, 'kind' | 'level' | 'count'>): ReportInput {
  return { zoneId: ID, observedAt: new Date(NOW).toISOString(), ...observation }
}

/** The answer to a report without a position. Only its reporter sees it as the state of the zone. */
function answered(availability: AvailabilityBody): ReportCreatedBody {
  const times = { observedAt: new Date(NOW).toISOString(), receivedAt: new Date(NOW).toISOString() }
  const fields = { kind: 'level', level: 'full', count: null, problem: null } as const
  return {
    report: { id: 'r1', zoneId: ID, ...fields, ...times, distance: null, overCapacity: false, effect: 'estimate' },
    availability,
  }
}

describe('a zone as the rider who reported it is shown it', () => {
  it('is as reported while the report waits, for every capacity, level and count', () => {
    for (let capacity = 1; capacity <= 100; capacity += 1) {
      for (const level of LEVELS) {
        expect(withOwn({ ...zone, capacity }, waiting({ kind: 'level', level }), NOW).availability.state).toBe(level)
      }
      for (let count = 0; count <= capacity + 2; count += 1) {
        const shown = withOwn({ ...zone, capacity }, waiting({ kind: 'count', count }), NOW).availability
        expect(shown.state).toBe(stateOfFree(capacity - count, capacity))
        expect([shown.freeLow, shown.expectedFree, shown.freeHigh]).toEqual(
          Array(3).fill(Math.max(0, capacity - count)),
        )
        expect(shown.chance).toBeNull()
      }
    }
  })

  it('has no number without a capacity, and keeps the state for a count without a capacity', () => {
    const unknown = { ...zone, capacity: null }
    const full = withOwn(unknown, waiting({ kind: 'level', level: 'full' }), NOW).availability
    expect(full).toMatchObject({ state: 'full', expectedFree: null, freeHigh: null })
    expect(withOwn(unknown, waiting({ kind: 'count', count: 3 }), NOW).availability.state).toBe('few')
  })

  it('follows the server once it has a later sighting or closes the zone, or the report is old', () => {
    const own = answered(sightedAt(NOW, 'full'))
    expect(withOwn(zone, own, NOW).availability).toBe(own.availability)
    const newer = { ...zone, availability: sightedAt(NOW + 1, 'plenty') }
    expect(withOwn(newer, own, NOW + 1)).toBe(newer)
    const older = { ...zone, availability: sightedAt(NOW - 1, 'plenty') }
    expect(withOwn(older, own, NOW).availability.state).toBe('full')
    const closed = { ...zone, availability: { ...estimate, state: 'closed' as const } }
    expect(withOwn(closed, own, NOW)).toBe(closed)
    expect(withOwn(zone, own, NOW + OWN_REPORT_SHOWN_MS)).toBe(zone)
    expect(withOwn(zone, undefined, NOW)).toBe(zone)
  })
})

describe('the figures on the page', () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }))
  afterEach(() => vi.useRealTimers())

  const KEY = [KEYS.nearby, { lat: 0, lng: 0 }, {}]
  const other = { ...zone, id: 'zone00002' }

  function page(): { readonly client: QueryClient; readonly states: () => string[] } {
    const client = new QueryClient()
    const body = { zones: [zone, other], asOf: new Date(NOW).toISOString() } as unknown as NearbyBody
    client.setQueryData(KEY, body)
    const states = () => client.getQueryData<NearbyBody>(KEY)?.zones.map(({ availability }) => availability.state) ?? []
    return { client, states }
  }

  it('stay those of the own report when lists and live figures arrive without it, until it is undone', () => {
    const { client, states } = page()
    showOwnSightings(client, Date.now)
    expect(states()).toEqual(['few', 'few'])
    client.setQueryData([KEYS.own, ID], answered(sightedAt(NOW, 'full')))
    expect(states()).toEqual(['full', 'few'])
    expect(ownTimes.get(ID)).toBe(new Date(NOW).toISOString())
    client.setQueryData<NearbyBody>(KEY, (body) => body && { ...body, zones: [zone, other] as NearbyBody['zones'] })
    expect(states()).toEqual(['full', 'few'])
    client.setQueryData([KEYS.own, ID], null)
    expect(ownTimes.has(ID)).toBe(false)
    client.setQueryData<NearbyBody>(KEY, (body) => body && { ...body, zones: [zone, other] as NearbyBody['zones'] })
    expect(states()).toEqual(['few', 'few'])
  })

  it('are the last ones of the server again after an undo without a network', () => {
    const { client, states } = page()
    showOwnSightings(client, Date.now)
    client.setQueryData([KEYS.own, ID], waiting({ kind: 'level', level: 'full' }))
    client.setQueryData<NearbyBody>(KEY, (body) => body && { ...body, asOf: new Date(NOW + 1).toISOString() })
    expect(states()).toEqual(['full', 'few'])
    client.setQueryData([KEYS.own, ID], null)
    expect(states()).toEqual(['few', 'few'])
    expect(client.getQueryData<NearbyBody>(KEY)?.zones[0]?.availability).toEqual(estimate)
  })

  it('of the day begin with the own report until the server has a later sighting', () => {
    const { client, states } = page()
    const at = new Date(NOW).toISOString()
    const DAY = [KEYS.ahead, 'day', ID]
    const { state, expectedFree, freeLow, freeHigh, chance, source } = estimate
    const point = { at, state, expectedFree, freeLow, freeHigh, chance, source }
    const forecast = { zoneId: ID, points: [point, point] }
    client.setQueryData(DAY, forecast)
    showOwnSightings(client, Date.now)
    client.setQueryData([KEYS.own, ID], answered(sightedAt(NOW, 'full')))
    const shown = () => client.getQueryData<typeof forecast>(DAY)?.points.map((one) => one.state)
    expect(shown()).toEqual(['full', 'few'])
    const newer = { ...zone, availability: sightedAt(NOW + 1, 'plenty') }
    client.setQueryData<NearbyBody>(KEY, (body) => body && { ...body, zones: [newer, other] as NearbyBody['zones'] })
    expect(states()).toEqual(['plenty', 'few'])
    client.setQueryData(DAY, { ...forecast, points: [point, { ...point }] })
    expect(shown()).toEqual(['few', 'few'])
  })

  it('follow the answer to a movement, which has the time of the previous sighting', () => {
    const { client, states } = page()
    showOwnSightings(client, Date.now)
    const left = answered(sightedAt(NOW - 60_000, 'some'))
    client.setQueryData([KEYS.own, ID], { ...left, report: { ...left.report, kind: 'left', level: null } })
    expect(states()).toEqual(['some', 'few'])
  })

  it('include reports from before the module was loaded, and expire', () => {
    const { client, states } = page()
    client.setQueryData([KEYS.own, ID], waiting({ kind: 'level', level: 'full' }))
    showOwnSightings(client, Date.now)
    expect(states()).toEqual(['full', 'few'])
    vi.advanceTimersByTime(OWN_REPORT_SHOWN_MS)
    expect(client.getQueryState(KEY)?.isInvalidated).toBe(true)
  })
})
