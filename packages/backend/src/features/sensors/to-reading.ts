import type { SourceReading } from '@kickstand/domain'
import type { IncomingReading } from './ingest-readings.ts'

/**
 * Converts a reading of a fetched feed; null where it has no value, because its zone is closed or unknown to the feed.
 * `fetchedAt` (epoch milliseconds) is used where it has no time.
 */
export function toReading(reading: SourceReading, fetchedAt: number): IncomingReading | null {
  const { ref, value, capacity, closed } = reading
  if (value === null || closed === true) return null
  const shared = { pointer: ref, ref, zoneId: null, at: reading.at ?? fetchedAt, capacity }
  switch (value.kind) {
    case 'free':
      return { ...shared, kind: 'free', value: value.count }
    case 'occupied':
      return { ...shared, kind: 'count', value: value.count }
    case 'band':
      return { ...shared, kind: 'level', value: value.level }
    case 'flag':
      // One free space only shows that the zone is not full.
      return value.available ? { ...shared, kind: 'level', value: 'some' } : { ...shared, kind: 'full', value: null }
  }
}
