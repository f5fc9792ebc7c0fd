import { compareObservations, LEVELS, OBSERVATION_KINDS, type Observation } from '@kickstand/domain'
import { anObservation } from '@kickstand/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPackedLogs } from './packed-logs.ts'

const ROWS = 3
const observation: fc.Arbitrary<Observation> = fc
  .record({
    n: fc.integer({ min: 0, max: 1_000_000 }),
    kind: fc.constantFrom(...OBSERVATION_KINDS),
    level: fc.constantFrom(null, ...LEVELS),
    count: fc.constantFrom(null, 0, 17),
    reporter: fc.constantFrom('a', 'b', 'a rider with a longer name than most'),
    network: fc.constantFrom(null, 'a', 'n'),
    trusted: fc.boolean(),
    withinReach: fc.boolean(),
    outlierProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    eventOrder: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ n, ...seen }) => anObservation({ id: `${n}`.padStart(n % 33, '0'), at: seen.eventOrder - (n % 3), ...seen }))

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ row: fc.nat(ROWS - 1), seen: observation }) },
  { weight: 1, arbitrary: fc.record({ row: fc.nat(ROWS - 1), upTo: fc.constantFrom(10, 20, 100) }) },
)

describe('packed logs', () => {
  it('read back what was appended, row by row, less what was dropped', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const logs = createPackedLogs()
        const plain: Observation[][] = Array.from({ length: ROWS }, () => [])
        for (const one of steps) {
          if ('seen' in one) {
            logs.append(one.row, one.seen)
            plain[one.row]?.push(one.seen)
          } else {
            logs.drop(one.row, one.upTo)
            plain[one.row] = (plain[one.row] ?? []).filter(({ eventOrder }) => eventOrder > one.upTo)
          }
        }
        for (const [row, seen] of plain.entries()) {
          expect(logs.read(row)).toEqual(seen.toSorted(compareObservations))
          expect(logs.hasBetween(row, 10, 20)).toBe(seen.some(({ eventOrder }) => eventOrder > 10 && eventOrder <= 20))
        }
        expect(logs.rows()).toEqual([...plain.keys()].filter((row) => plain[row]?.length))
      }),
      { numRuns: 200 },
    )
  })

  it('append what is newer than all of its row, from another reporter and network', () => {
    const logs = createPackedLogs()
    const seen = (n: number, reporter: string, network: string | null) =>
      anObservation({ id: `${n}`, at: n, eventOrder: n, reporter, network })
    expect(logs.appendIfNewest(1, seen(10, 'a', 'n'))).toBe(true)
    expect(logs.appendIfNewest(1, seen(9, 'b', null))).toBe(false)
    expect(logs.appendIfNewest(1, seen(10, 'b', null))).toBe(false)
    expect(logs.appendIfNewest(1, seen(11, 'a', null))).toBe(false)
    expect(logs.appendIfNewest(1, seen(11, 'b', 'n'))).toBe(false)
    expect(logs.appendIfNewest(1, seen(11, 'b', null))).toBe(true)
    expect(logs.appendIfNewest(1, seen(12, 'c', null))).toBe(true)
    expect(logs.read(1).map(({ id }) => id)).toEqual(['10', '11', '12'])
    for (let n = 13; n < 200; n += 1) logs.appendIfNewest(1, seen(n, `r${n}`, null))
    expect(logs.read(1), 'more are not scanned').toHaveLength(101)
  })

  it('forget the texts of dropped observations', () => {
    const logs = createPackedLogs()
    logs.append(7, anObservation({ id: 'kept', at: 1 }))
    for (let n = 0; n < 120_000; n += 1) {
      logs.append(2, anObservation({ id: `${n}`, at: n }))
      if (n % 1_000 === 0) logs.clear(2)
    }
    expect(logs.read(7)).toEqual([anObservation({ id: 'kept', at: 1 })])
    expect(logs.read(2)).toHaveLength(999)
    expect(logs.read(2)[0]).toEqual(anObservation({ id: '119001', at: 119_001 }))
    expect(logs.read(5_000)).toEqual([])
  })

  it('reject an id that is too long, since two could become equal', () => {
    expect(() => createPackedLogs().append(0, anObservation({ id: 'x'.repeat(33), at: 1 }))).toThrow(/33 characters/)
  })
})
