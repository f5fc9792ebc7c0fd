import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerZone } from './answer.ts'
import { createState, type EstimatorState } from './columns.ts'
import { countedReports, type ReportTrace } from './counted-reports.ts'
import { hourOfWeek, localDay, zoneOffsets } from './local-week.ts'
import { doReportsDisagree, OBSERVED, observeZone, REJECTED, setCapacity, type Observed } from './observe.ts'
import { basePrior } from './prior.ts'
import { createTrust, recordEvidence, outlierProbabilityOf } from './trust.ts'

const START = 29_500_000
const OUTLIER_PROBABILITY = 0.15
const ANSWER_SOURCE = { observedAt: START * 60_000, source: 'rider', reports: 1 } as const

function aZone(capacity: number | null): EstimatorState {
  const state = createState(1, [basePrior()])
  setCapacity(state, 0, capacity)
  return state
}

function observe(
  state: EstimatorState,
  kind: Observed,
  value: number,
  minute: number,
  outlierProbability = OUTLIER_PROBABILITY,
): number {
  return observeZone(state, 0, kind, value, minute, (minute / 60) % 168, outlierProbability)
}

function answerAt(state: EstimatorState, capacity: number | null, minute: number) {
  return answerZone(state, 0, capacity, minute, (minute / 60) % 168, ANSWER_SOURCE)
}

/** Three weeks in which honest riders find 6 of 20 spaces taken. */
function aKnownZone(): { readonly state: EstimatorState; readonly now: number } {
  const state = aZone(20)
  for (let i = 0; i < 250; i += 1) observe(state, OBSERVED.count, 6, START + 120 * i)
  return { state, now: START + 120 * 250 }
}

describe('against liars and floods', () => {
  it.each([0.1, 0.2, 0.3])('%f of the reports saying the opposite moves a zone that is known little', (share) => {
    const { state, now } = aKnownZone()
    for (let i = 0; i < 100; i += 1) {
      observe(state, OBSERVED.count, (i * share) % 1 < share ? 20 : 6, now + 60 * i)
    }
    expect(answerAt(state, 20, now + 6_000).expectedFree).toBeCloseTo(14, -0.5)
  })

  it('counts many reports of one device as one', () => {
    const flood = Array.from({ length: 100 }, (_, i) => trace({ id: `r${i}`, at: i * 1_000, reporter: 'one' }))
    expect(countedReports(flood).map(({ id }) => id)).toEqual(['r99'])
  })

  it('counts unknown reporters of one network in one hour as one, besides known ones', () => {
    const strangers = Array.from({ length: 30 }, (_, i) => trace({ id: `s${i}`, at: i * 1_000, reporter: `s${i}` }))
    const known = trace({ id: 'known', at: 40_000, reporter: 'known', trusted: true })
    expect(countedReports([...strangers, known]).map(({ id }) => id)).toEqual(['s0', 'known'])
    const later = trace({ id: 'later', at: 3_700_000, reporter: 'later' })
    expect(countedReports([...strangers, later]).map(({ id }) => id)).toEqual(['s0', 'later'])
  })

  it('lets riders correct themselves, and counts them again after ten minutes', () => {
    const reports = [
      trace({ id: 'slip', at: 0 }),
      trace({ id: 'right', at: 60_000 }),
      trace({ id: 'again', at: 11 * 60_000 }),
    ]
    expect(countedReports(reports).map(({ id }) => id)).toEqual(['right', 'again'])
  })

  it.each([
    ['a count, then parked: one bike more', ['count', 'arrived'], ['count', 'arrived']],
    ['a level, then left: one bike fewer', ['level', 'left'], ['level', 'left']],
    ['parked, then counted: the count includes the bike', ['arrived', 'count'], ['count']],
    ['a slip, parked, counted again', ['count', 'arrived', 'count'], ['count']],
    ['parked, reported twice', ['arrived', 'arrived'], ['arrived']],
    ['parked and gone again', ['count', 'arrived', 'left'], ['count']],
    ['parked, gone, parked', ['arrived', 'left', 'arrived'], ['arrived']],
    ['all kinds', ['arrived', 'level', 'left', 'count', 'left', 'left'], ['count', 'left']],
  ] as const)('of one reporter in ten minutes, %s', (_what, kinds, counted) => {
    const reports = kinds.map((kind, i) => trace({ id: `r${i}`, at: i * 60_000, kind }))
    expect(countedReports(reports).map(({ kind }) => kind)).toEqual(counted)
  })

  it('never counts more than a sighting and a movement of one reporter and network, in any mixture', () => {
    const kinds = ['count', 'level', 'arrived', 'left'] as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 30 }), fc.boolean(), (sequence, trusted) => {
        const counted = countedReports(sequence.map((kind, i) => trace({ id: `r${i}`, at: i * 15_000, kind, trusted })))
        const moves = counted.filter(({ kind }) => kind === 'arrived' || kind === 'left')
        expect(moves.length).toBeLessThanOrEqual(1)
        expect(counted.length - moves.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('counts a report that arrives twice as one, among any others', () => {
    const report = fc.record({
      at: fc.integer({ min: 0, max: 7_200_000 }),
      reporter: fc.constantFrom('a', 'b', 'c', 'd'),
    })
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), fc.nat(), (made, which) => {
        const reports = made
          .toSorted((x, y) => x.at - y.at)
          .map((one, i) => trace({ ...one, network: null, id: `r${i}` }))
        const at = which % Math.max(1, reports.length)
        const twice = reports.flatMap((one, i) => (i === at ? [one, one] : [one]))
        expect(countedReports(twice)).toEqual(countedReports(reports))
      }),
      { numRuns: 1_000 },
    )
  })

  it('learns which reporters are honest', () => {
    const { state, now } = aKnownZone()
    const trust = createTrust(4)
    for (let i = 0; i < 30; i += 1) {
      for (const [reporter, count] of [
        [0, 6],
        [2, 7],
        [1, 20],
        [3, 5],
      ] as const) {
        const honest = observe(
          state,
          OBSERVED.count,
          count,
          now + 120 * i + 10 * reporter,
          outlierProbabilityOf(trust, reporter, OUTLIER_PROBABILITY),
        )
        recordEvidence(trust, reporter, honest, 0.8)
      }
    }
    expect(outlierProbabilityOf(trust, 0, OUTLIER_PROBABILITY)).toBeLessThan(0.2)
    expect(outlierProbabilityOf(trust, 1, OUTLIER_PROBABILITY)).toBeGreaterThan(0.6)
  })

  it('does not lock in: where the zone really changed, the estimate follows the reports again', () => {
    const { state, now } = aKnownZone()
    for (let i = 0; i < 10; i += 1) observe(state, OBSERVED.full, 0, now + 20 * i)
    expect(answerAt(state, 20, now + 180)).toMatchObject({ state: 'full' })
  })

  it('says that reports disagree where they do, and only there', () => {
    const { state, now } = aKnownZone()
    expect(doReportsDisagree(state, 0)).toBe(false)
    for (let i = 0; i < 20; i += 1) observe(state, i % 2 === 0 ? OBSERVED.full : OBSERVED.empty, 0, now + 5 * i)
    expect(doReportsDisagree(state, 0)).toBe(true)
  })
})

describe('against wrong capacities', () => {
  it('raises it when a sensor, or two riders, count more, and never shows more free than is published', () => {
    const state = aZone(10)
    observe(state, OBSERVED.count, 16, START)
    expect(answerAt(state, 10, START).capacityDoubted).toBe(false)
    observe(state, OBSERVED.count, 14, START + 200)
    expect(answerAt(state, 10, START + 200).capacityDoubted).toBe(true)
    expect(state.columns.capacity[0]).toBe(14)
    observe(state, OBSERVED.reading, 15, START + 400)
    expect(state.columns.capacity[0]).toBe(15)
    for (let i = 0; i < 20; i += 1) observe(state, OBSERVED.reading, 0, START + 500 + i)
    expect(answerAt(state, 10, START + 520).freeHigh).toBeLessThanOrEqual(10)
    expect(answerAt(state, 10, START + 520).expectedFree).toBeLessThanOrEqual(10)
  })

  it('learns one that nobody publishes, and publishes none', () => {
    const state = aZone(null)
    for (let i = 0; i < 10; i += 1) observe(state, OBSERVED.count, 15 + (i % 3), START + 120 * i)
    expect(state.columns.capacity[0]).toBeGreaterThanOrEqual(15)
    expect(answerAt(state, null, START + 1_200)).toMatchObject({ expectedFree: null, freeLow: null, freeHigh: null })
  })

  it('keeps the bikes where the operator changes it', () => {
    const { state, now } = aKnownZone()
    setCapacity(state, 0, 40)
    observe(state, OBSERVED.count, 6, now)
    expect(answerAt(state, 40, now).expectedFree).toBeCloseTo(34, -0.5)
  })
})

describe('against sensors that fail', () => {
  it.each([-1, -9, 9999, 65_535, Number.NaN, Infinity])('rejects a reading and a count of %d', (value) => {
    const { state, now } = aKnownZone()
    const before = answerAt(state, 20, now)
    expect(observe(state, OBSERVED.reading, value, now)).toBe(REJECTED.impossible)
    expect(observe(state, OBSERVED.count, value, now)).toBe(REJECTED.impossible)
    expect(answerAt(state, 20, now)).toEqual(before)
  })

  it('rejects a sensor without changes for over a day where zones vary, until it changes', () => {
    const state = aZone(200)
    let rejected = 0
    for (let i = 0; i < 3 * 288; i += 1) {
      if (observe(state, OBSERVED.reading, 150, START + 5 * i) === REJECTED.stuck) rejected += 1
    }
    expect(rejected).toBeGreaterThan(288)
    const dead = answerAt(state, 200, START + 3 * 1440)
    expect((dead.freeHigh ?? 0) - (dead.freeLow ?? 0)).toBeGreaterThan(10)
    expect(observe(state, OBSERVED.reading, 149, START + 3 * 1440 + 5)).toBeGreaterThan(0.5)
  })

  it('accepts the same value for days from the sensor of a small bay', () => {
    const state = aZone(2)
    for (let i = 0; i < 3 * 288; i += 1) {
      expect(observe(state, OBSERVED.reading, 0, START + 5 * i)).toBeGreaterThan(0)
    }
  })

  it('counts in and out without ever leaving what is possible', () => {
    const state = aZone(30)
    observe(state, OBSERVED.reading, 10, START)
    observe(state, OBSERVED.flow, 5, START + 10)
    expect(answerAt(state, 30, START + 10).expectedFree).toBeCloseTo(15, -0.5)
    for (let i = 0; i < 100; i += 1) observe(state, OBSERVED.flow, 20, START + 20 + i)
    expect(answerAt(state, 30, START + 130).chance).toBeGreaterThanOrEqual(0)
    expect(answerAt(state, 30, START + 130).freeHigh).toBeLessThanOrEqual(30)
  })
})

describe('against clocks', () => {
  it('applies a report that arrives hours late to the history, and hardly to the present', () => {
    const { state, now } = aKnownZone()
    const before = answerAt(state, 20, now).expectedFree ?? 0
    observe(state, OBSERVED.count, 16, now)
    const fresh = answerAt(state, 20, now).expectedFree ?? 0
    const other = aKnownZone()
    observe(other.state, OBSERVED.count, 6, other.now)
    observe(other.state, OBSERVED.count, 16, other.now - 10 * 60)
    const late = answerAt(other.state, 20, other.now).expectedFree ?? 0
    expect(before - fresh).toBeGreaterThan(2 * Math.abs(before - late))
  })

  it('comes to the same where observations of an hour come out of order', () => {
    const counts = [5, 7, 6, 8, 6, 7]
    const orders = [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
      [3, 0, 5, 1, 4, 2],
    ]
    const free = orders.map((order) => {
      const { state, now } = aKnownZone()
      for (const i of order) observe(state, OBSERVED.count, counts[i], now + 10 * i)
      return answerAt(state, 20, now + 60).expectedFree ?? Number.NaN
    })
    for (const value of free) expect(value).toBeCloseTo(free[0], -0.3)
  })

  it('stays plausible where a clock is wrong by hours, in either direction, for days', () => {
    const { state, now } = aKnownZone()
    for (let i = 0; i < 60; i += 1) observe(state, OBSERVED.count, 6, now + 60 * i + (i % 2 === 0 ? 300 : -300))
    const answer = answerAt(state, 20, now + 3_600)
    expect(answer.expectedFree).toBeCloseTo(14, -0.5)
    expect((answer.freeHigh ?? 0) - (answer.freeLow ?? 0)).toBeLessThan(12)
  })

  it.each(['Europe/Madrid', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])('knows the local week in %s', (zone) => {
    const offset = zoneOffsets(zone)
    const wall = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
    // Through both changes of the clocks of a year, every 45 minutes.
    for (let minute = Date.UTC(2026, 0, 1) / 60_000; minute < Date.UTC(2027, 0, 1) / 60_000; minute += 45 * 17) {
      const hour = hourOfWeek(minute, offset(minute), false)
      const [weekday, time] = wall
        .format(minute * 60_000)
        .replace(',', '')
        .split(' ')
      const [hours, minutes] = time.split(':').map(Number)
      expect(hour).toBeCloseTo(days.indexOf(weekday) * 24 + hours + minutes / 60, 6)
    }
  })

  it('reads the hours before and after the clocks change by wall-clock time', () => {
    const offset = zoneOffsets('Europe/Madrid')
    const change = Date.UTC(2026, 9, 25, 1) / 60_000
    expect(hourOfWeek(change - 30, offset(change - 30), false)).toBeCloseTo(146.5, 6)
    expect(hourOfWeek(change + 30, offset(change + 30), false)).toBeCloseTo(146.5, 6)
    expect(localDay(change, offset(change))).toBe(localDay(change - 60, offset(change - 60)))
  })

  it('counts a public holiday as a Sunday', () => {
    const monday = Date.UTC(2026, 0, 5, 10) / 60_000
    expect(hourOfWeek(monday, 0, false)).toBe(10)
    expect(hourOfWeek(monday, 0, true)).toBe(154)
  })
})

function trace(one: Partial<ReportTrace>): ReportTrace {
  return { id: 'id', at: 0, kind: 'count', reporter: 'r', network: 'n', trusted: false, ...one }
}
