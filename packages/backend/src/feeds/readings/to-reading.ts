import type { SourceReading } from '@kickstand/domain'
import type { ReadingToTake } from './take-readings.ts'

/**
 * A reading of a pulled feed as one to take; null where it says nothing of the spaces: its zone is shut, or the feed does not
 * know. `fetchedAt` (epoch milliseconds) stands for its time where it gives none.
 */
export function toReading(reading: SourceReading, fetchedAt: number): ReadingToTake | null {
  const { ref, value, capacity, closed } = reading
  if (value === null || closed === true) return null
  const said = { pointer: ref, ref, zoneId: null, at: reading.at ?? fetchedAt, capacity }
  switch (value.kind) {
    case 'free':
      return { ...said, kind: 'free', value: value.count }
    case 'occupied':
      return { ...said, kind: 'count', value: value.count }
    case 'band':
      return { ...said, kind: 'level', value: value.level }
    case 'flag':
      // That there is one says that it is not full, and no more.
      return value.available ? { ...said, kind: 'level', value: 'some' } : { ...said, kind: 'full', value: null }
  }
}
