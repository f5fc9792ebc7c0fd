import type { ReportInput } from '@kickstand/contract'
import { checkReport } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import { simulateOccupancy } from './simulate-occupancy.ts'
import { seededRandom } from './random.ts'
import { simulateRiders, type SimulatedZone } from './simulated-riders.ts'

const NOW = Date.UTC(2026, 4, 20, 11)
const zones: SimulatedZone[] = Array.from({ length: 150 }, (_, i) => ({
  id: `zone${String(i).padStart(8, '0')}`,
  lat: 45.5 + i / 10_000,
  lng: -22.5,
  capacity: i % 8 === 0 ? null : 3 + (i % 15),
}))

type Sent = { readonly report: ReportInput; readonly rider: string; readonly at: number }

/** Riders with a clock that jumps to the next scheduled task. */
function town(options: { goneAfter?: number } = {}) {
  const sent: Sent[] = []
  let now = NOW
  let scheduled: { work: () => void; at: number } | null = null
  const riders = simulateRiders({
    zones,
    random: seededRandom(5),
    warmStart: true,
    clock: () => now,
    async submit(report, rider) {
      sent.push({ report, rider, at: now })
      return options.goneAfter === undefined || sent.length <= options.goneAfter
    },
    schedule(work, milliseconds) {
      scheduled = { work, at: now + milliseconds }
      return () => {
        scheduled = null
      }
    },
  })
  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    sent,
    riders,
    async run(minutes: number): Promise<void> {
      await riders.warm
      const end = now + minutes * 60_000
      await settle()
      while (scheduled !== null && scheduled.at <= end) {
        const { work, at }: { work: () => void; at: number } = scheduled
        scheduled = null
        now = at
        work()
        await settle()
      }
      now = end
    },
    hasScheduled: () => scheduled !== null,
  }
}

describe('simulateRiders', () => {
  it('starts with the last half hour, so that about 60 % of the zones have availability', async () => {
    const { sent, riders } = town()
    await riders.warm
    riders.stop()
    const seen = new Set(sent.map(({ report }) => report.zoneId)).size / zones.length
    expect(seen).toBeGreaterThan(0.52)
    expect(seen).toBeLessThan(0.8)
    for (const { report } of sent) {
      const age = NOW - Date.parse(report.observedAt ?? '')
      expect(age).toBeGreaterThanOrEqual(0)
      expect(age).toBeLessThanOrEqual(29 * 60_000)
    }
  })

  it('continues with a report every two to four seconds, by a few dozen riders', async () => {
    const { sent, riders, run } = town()
    await riders.warm
    const before = sent.length
    await run(10)
    riders.stop()
    expect((sent.length - before) / 10).toBeGreaterThan(14)
    expect((sent.length - before) / 10).toBeLessThan(31)
    expect(new Set(sent.map(({ rider }) => rider)).size).toBeLessThanOrEqual(40)
  })

  it('sends nothing that the service would reject', async () => {
    const { sent, riders, run } = town()
    await run(60)
    riders.stop()
    for (const { report, at } of sent) {
      const claim = {
        kind: report.kind,
        count: report.count ?? null,
        level: report.level ?? null,
        problem: report.problem ?? null,
        observedAt: Date.parse(report.observedAt ?? ''),
        late: false,
        distance: null,
        accuracy: 0,
        capacity: null,
      }
      expect(() => checkReport(claim, at)).not.toThrow()
    }
  })

  it('skips removed zones, and ends when none is left', async () => {
    const { sent, riders, run, hasScheduled } = town({ goneAfter: 0 })
    await run(24 * 60)
    expect(hasScheduled()).toBe(false)
    // At most one more attempt per zone: the reports of the warm start are sent concurrently.
    expect(sent.length).toBeLessThan(zones.length * 8)
    riders.stop()
  })

  it('stops on request', async () => {
    const { sent, riders, run } = town()
    await run(1)
    const before = sent.length
    riders.stop()
    await run(10)
    expect(sent.length).toBe(before)
  })
})

describe('simulateOccupancy', () => {
  it('stays between empty and full, moves, and differs from zone to zone at any hour', () => {
    const random = seededRandom(9)
    const simulated = zones.map((zone) => simulateOccupancy(random, zone, NOW))
    for (let hour = 0; hour < 24; hour += 3) {
      const shares = simulated.map((occupancy) => {
        const occupied = occupancy.occupiedAt(NOW + hour * 3_600_000)
        expect(occupied >= 0 && occupied <= occupancy.capacity).toBe(true)
        return occupied / occupancy.capacity
      })
      expect(shares.filter((share) => share === 1).length).toBeGreaterThan(8)
      expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(20)
    }
  })
})
