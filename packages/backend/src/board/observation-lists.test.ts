import { compareObservations, LEVELS, type Observation } from '@kickstand/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createObservationLists } from './observation-lists.ts'

const observation: fc.Arbitrary<Observation> = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }),
    count: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
    kind: fc.constantFrom('count', 'level', 'arrived', 'left'),
    level: fc.option(fc.constantFrom(...LEVELS), { nil: null }),
  })
  // Few moments, so that ids decide; an id always has the same moment, as a stored report has.
  .map(({ id, ...rest }) => ({ ...rest, id: `r${id}`, at: 1000 + (id % 5) }))

const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), row: fc.nat(3), seen: observation }),
  fc.record({ do: fc.constant('remove' as const), row: fc.nat(3), seen: observation }),
  fc.record({ do: fc.constant('clear' as const), row: fc.nat(3) }),
  fc.record({ do: fc.constant('drop' as const), time: fc.integer({ min: 999, max: 1006 }) }),
)

it('does as lists of objects would, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const lists = createObservationLists()
      const truth = new Map<number, Observation[]>()
      const of = (row: number): Observation[] => truth.get(row) ?? []
      for (const one of steps) {
        if (one.do === 'add') {
          const known = of(one.row).some(({ id }) => id === one.seen.id)
          const after = known ? of(one.row) : [...of(one.row), one.seen].toSorted(compareObservations)
          truth.set(one.row, after)
          expect(lists.add(one.row, one.seen)).toBe(known ? 'known' : after.at(-1) === one.seen ? 'newest' : 'between')
        } else if (one.do === 'remove') {
          const after = of(one.row).filter(({ id }) => id !== one.seen.id)
          expect(lists.remove(one.row, one.seen.id)).toBe(after.length < of(one.row).length)
          truth.set(one.row, after)
        } else if (one.do === 'clear') {
          expect(lists.clear(one.row)).toBe(of(one.row).length > 0)
          truth.delete(one.row)
        } else {
          const gone = [...truth.values()].flat().filter(({ at }) => at < one.time)
          expect(lists.dropBefore(one.time)).toBe(gone.length)
          for (const [row, all] of truth)
            truth.set(
              row,
              all.filter(({ at }) => at >= one.time),
            )
        }
      }
      for (const row of [0, 1, 2, 3]) {
        expect(lists.inOrder(row)).toEqual(of(row))
        expect(lists.count(row)).toBe(of(row).length)
        expect(lists.newestAt(row)).toBe(of(row).at(-1)?.at ?? 0)
      }
    }),
    { numRuns: 500 },
  )
})

it('holds many more than it was made for, and uses freed places again', () => {
  const lists = createObservationLists()
  const seen = (row: number): Observation => ({
    id: `r${row}`,
    at: row + 1,
    kind: 'count',
    count: row % 9,
    level: null,
  })
  for (let turn = 0; turn < 3; turn += 1) {
    for (let row = 0; row < 20_000; row += 1) expect(lists.add(row, seen(row))).toBe('newest')
    for (let row = 0; row < 20_000; row += 997) expect(lists.inOrder(row)).toEqual([seen(row)])
    expect(lists.dropBefore(1e9)).toBe(20_000)
  }
})
