import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../../vehicles/vehicle.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from '../zone.ts'
import { findPairs } from './find-pairs.ts'
import { entryKey, type MatchDecision, type MatchEntry } from './match-entry.ts'
import { partitionEntries } from './partition-entries.ts'

/** A place so many metres north of the first. */
function entry(
  source: string,
  metres: number,
  facts: Partial<ZoneFacts> = {},
  status: MatchEntry['status'] = 'active',
): MatchEntry {
  return {
    source,
    ref: String(metres),
    status,
    trust: 'community',
    matchDistance: 40,
    simulated: false,
    facts: { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), lat: 40 + metres / 111_195, lng: 7, ...facts },
  }
}

/** Zones as names of their entries. */
function zonesOf(entries: readonly MatchEntry[], decisions: readonly MatchDecision[] = []): string[] {
  const { clusters } = partitionEntries(entries, findPairs(entries), decisions)
  return clusters.map((cluster) => cluster.map((at) => entryKey(entries[at]).replace('\n', '')).join(' ')).toSorted()
}
function questionsOf(entries: readonly MatchEntry[]): number {
  return partitionEntries(entries, findPairs(entries), []).doubtful.length
}

describe('entries of several sources', () => {
  it('are one zone where they lie together, however many sources', () => {
    expect(zonesOf([entry('a', 0), entry('b', 3), entry('c', 5)])).toEqual(['a0 b3 c5'])
  })

  it('stay two where their source lists two, each with its own partner', () => {
    expect(zonesOf([entry('a', 0), entry('a', 14), entry('b', 2), entry('b', 15)])).toEqual(['a0 b2', 'a14 b15'])
  })

  it('do not become one long zone through a chain of near ones', () => {
    expect(zonesOf([entry('a', 0), entry('b', 8), entry('c', 16), entry('d', 24)]).length).toBeGreaterThan(1)
  })

  it('are doubtful where two partners fit equally well', () => {
    const entries = [entry('a', 5), entry('b', 0), entry('b', 10)]
    expect(zonesOf(entries)).toEqual(['a5', 'b0', 'b10'])
    expect(questionsOf(entries)).toBe(2)
  })

  it('are two where official sources contradict each other on the fee', () => {
    const [free, paid] = [entry('a', 0, { fee: 'free' }), entry('b', 3, { fee: 'paid' })]
    expect(zonesOf([free, paid])).toEqual(['a0 b3'])
    expect(
      zonesOf([
        { ...free, trust: 'official' },
        { ...paid, trust: 'official' },
      ]),
    ).toEqual(['a0', 'b3'])
  })

  it('are one where a block contains the parts that another source lists, up to its capacity', () => {
    const line: ZoneFacts['outline'] = {
      type: 'LineString',
      coordinates: [
        [7, 40 - 15 / 111_195],
        [7, 40 + 15 / 111_195],
      ],
    }
    const parts = [entry('a', -12, { capacity: 5 }), entry('a', 12, { capacity: 6 })]
    expect(zonesOf([...parts, entry('b', 0, { capacity: 11, outline: line })])).toEqual(['a-12 a12 b0'])
    expect(zonesOf([...parts, entry('b', 0, { capacity: 7, outline: line })])).toHaveLength(2)
  })

  it('that are not active join active ones, and never join two of them', () => {
    expect(zonesOf([entry('a', 0), entry('b', 3, {}, 'retired'), entry('b', 4)])).toEqual(['a0 b3 b4'])
    expect(zonesOf([entry('a', 0), entry('a', 8), entry('b', 4, {}, 'missing')])).toHaveLength(2)
  })

  it('of a demo are never joined with real ones', () => {
    expect(zonesOf([entry('a', 0), { ...entry('b', 1), simulated: true }])).toHaveLength(2)
  })

  it('follow human decisions, the newest first', () => {
    const entries = [entry('a', 0), entry('b', 2), entry('c', 60)]
    const word = (one: number, other: number, same: boolean, at: number): MatchDecision => {
      return { a: entries[one], b: entries[other], same, at }
    }
    expect(zonesOf(entries, [word(0, 1, false, 1)])).toEqual(['a0', 'b2', 'c60'])
    expect(zonesOf(entries, [word(1, 2, true, 1)])).toEqual(['a0 b2 c60'])
    expect(zonesOf(entries, [word(1, 2, true, 1), word(0, 2, false, 2)])).toEqual(['a0', 'b2 c60'])
  })

  const someEntries = fc.uniqueArray(
    fc.record({
      source: fc.constantFrom('a', 'b', 'c'),
      metres: fc.integer({ min: 0, max: 150 }),
      capacity: fc.option(fc.integer({ min: 1, max: 12 })),
      status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'missing' as const),
    }),
    { selector: ({ source, metres }) => `${source}${metres}`, maxLength: 24 },
  )

  it('give the same zones in any order', () => {
    fc.assert(
      fc.property(someEntries, fc.infiniteStream(fc.nat()), (list, stream) => {
        const entries = list.map(({ source, metres, capacity, status }) => entry(source, metres, { capacity }, status))
        const shuffled = entries
          .map((one) => ({ one, at: stream.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(zonesOf(shuffled)).toEqual(zonesOf(entries))
        expect(questionsOf(shuffled)).toBe(questionsOf(entries))
      }),
      { numRuns: 300 },
    )
  })

  it('never join two active entries of one source into a zone, except for parts', () => {
    fc.assert(
      fc.property(someEntries, (list) => {
        const entries = list.map(({ source, metres, status }) => entry(source, metres, {}, status))
        for (const cluster of partitionEntries(entries, findPairs(entries), []).clusters) {
          const standing = cluster.map((at) => entries[at]).filter(({ status }) => status === 'active')
          expect(new Set(standing.map(({ source }) => source)).size).toBe(standing.length)
        }
      }),
    )
  })
})
