import { compareObservations, countedObservations, type Observation } from '@kickstand/domain'
import { anObservation } from '@kickstand/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createZoneLog, insertObservation } from './zone-log.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000

/** Unrelated observations, corrections by the same reporter, shared networks, late ones and sensor readings. */
const observation: fc.Arbitrary<Observation> = fc
  .record({
    n: fc.integer({ min: 0, max: 400 }),
    reporter: fc.oneof(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 400 }).map(String)),
    kind: fc.constantFrom('count' as const, 'arrived' as const, 'left' as const, 'reading' as const),
    late: fc.constantFrom(0, 0, 0, 0, 20),
    network: fc.constantFrom(null, null, null, 'n'),
    trusted: fc.boolean(),
    withinReach: fc.boolean(),
  })
  .map(({ n, late, ...rest }) => {
    const eventOrder = NOON + ((n * 41) % 97) * MINUTE
    return anObservation({ id: `r${n}`, at: eventOrder - late * MINUTE, eventOrder, ...rest })
  })

it('what counts does not depend on the order of arrival', () => {
  fc.assert(
    fc.property(fc.uniqueArray(observation, { selector: ({ id }) => id, maxLength: 60 }), (all) => {
      const log = createZoneLog(0, [])
      for (const seen of all) insertObservation(log, seen)
      const inOrder = all.toSorted(compareObservations)
      expect(log.seen).toEqual(inOrder)
      expect(log.counted).toEqual(countedObservations(inOrder))
      expect(log.first).toBe(0)
    }),
    { numRuns: 500 },
  )
})
