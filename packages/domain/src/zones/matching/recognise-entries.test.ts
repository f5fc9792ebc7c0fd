import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../../vehicles/vehicle.ts'
import type { SourceZone } from '../source-zone.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from '../zone.ts'
import { recogniseEntries, type FormerEntry } from './recognise-entries.ts'

function zone(ref: string, metres: number, facts: Partial<ZoneFacts> = {}): SourceZone {
  const base = { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown') }
  return { ref, facts: { ...base, lat: 48 + metres / 111_195, lng: 9, ...facts } }
}
const former = (zones: readonly SourceZone[], status: FormerEntry['status'] = 'active'): FormerEntry[] =>
  zones.map((one) => ({ ...one, status }))
const found = (before: readonly FormerEntry[], rows: readonly SourceZone[]): Record<string, string> =>
  Object.fromEntries(recogniseEntries(before, rows))

describe('recogniseEntries', () => {
  it('finds renumbered places, with any other changes', () => {
    const before = former([zone('a', 0, { name: 'Mill Street' }), zone('b', 14, { capacity: 3 })])
    expect(found(before, [zone('1', 14, { capacity: 4 }), zone('2', 0, { name: 'Mill Street', capacity: 9 })])).toEqual(
      {
        1: 'b',
        2: 'a',
      },
    )
  })

  it.each([200, 14, 5])('undoes references that are shifted by a row, %i m from bay to bay', (step) => {
    const named = (ref: string, i: number): SourceZone => zone(ref, i * step, { name: `Street ${'abcdefgh'[i]}x` })
    const before = former(Array.from({ length: 8 }, (_, i) => named(`r${i}`, i)))
    const rows = Array.from({ length: 8 }, (_, i) => named(`r${i + 1}`, i))
    expect(found(before, rows)).toEqual(Object.fromEntries(rows.map(({ ref }, i) => [ref, `r${i}`])))
  })

  it('undoes a shift among places without names, and among named places at one spot', () => {
    const plain = former([zone('r0', 0), zone('r1', 12), zone('r2', 24)])
    expect(found(plain, [zone('r1', 0), zone('r2', 12), zone('r3', 24)])).toEqual({ r1: 'r0', r2: 'r1', r3: 'r2' })
    const tower = (ref: string, name: string): SourceZone => zone(ref, 0, { name })
    const stacked = former([tower('r0', 'Level Amber'), tower('r1', 'Level Blue')])
    expect(found(stacked, [tower('r1', 'Level Amber'), tower('r2', 'Level Blue')])).toEqual({ r1: 'r0', r2: 'r1' })
  })

  it('leaves a reference with its place where that was only corrected or renamed', () => {
    const before = former([zone('a', 0, { name: 'Mill Street' }), zone('b', 60, { name: 'Oak Street' })])
    const rows = [zone('a', 25, { name: 'Mill Street' }), zone('b', 60, { name: 'Oak Lane North' })]
    expect(found(before, rows)).toEqual({ a: 'a', b: 'b' })
    expect(found(former([zone('a', 0)]), [zone('a', 500_000)])).toEqual({ a: 'a' })
  })

  it('finds objects drawn again a few metres off, and objects that only kept a unique name', () => {
    expect(found(former([zone('n1', 0)]), [zone('w1', 15)])).toEqual({ w1: 'n1' })
    expect(found(former([zone('n1', 0)]), [zone('w1', 60)])).toEqual({})
    const named = former([zone('n1', 0, { name: 'Depot Quay' })])
    expect(found(named, [zone('w1', 200, { name: 'Depot quay' })])).toEqual({ w1: 'n1' })
    expect(found(named, [zone('w1', 2000, { name: 'Depot Quay' })])).toEqual({})
    expect(found(former([zone('n1', 0, { name: 'Parking' })]), [zone('w1', 200, { name: 'Parking' })])).toEqual({})
  })

  it('prefers active entries to retired ones', () => {
    const before = [...former([zone('old', 2)], 'retired'), ...former([zone('now', 4)])]
    expect(found(before, [zone('x', 3)])).toEqual({ x: 'now' })
    expect(found(former([zone('old', 2)], 'retired'), [zone('x', 3)])).toEqual({ x: 'old' })
  })

  const places = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 30 })

  it('finds every place again under any references, in any order', () => {
    fc.assert(
      fc.property(places, fc.infiniteStream(fc.nat()), fc.boolean(), (metres, order, isShifted) => {
        // At least ten metres between them: nearer ones without a name cannot be distinguished from one that moved.
        const before = former(metres.map((at, i) => zone(`r${i}`, at * 10, { capacity: 4 })))
        const rows = metres
          .map((at, i) => zone(isShifted ? `r${i + 1}` : `new-${i}`, at * 10, { capacity: 5 }))
          .map((row) => ({ row, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row)
        const latOf = new Map(before.map(({ ref, facts }) => [ref, facts.lat]))
        const recognised = recogniseEntries(before, rows)
        for (const { ref, facts } of rows) expect(latOf.get(recognised.get(ref) ?? '')).toBe(facts.lat)
        expect(new Set(recognised.values()).size).toBe(before.length)
      }),
    )
  })
})
