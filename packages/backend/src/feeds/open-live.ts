import type { ReadingRow } from '@kickstand/domain'
import type { Profile } from './profile-schema.ts'
import { readLive } from './read-live.ts'

/** The rows of one answer of a live feed. */
export async function openLive(file: string, profile: Profile): Promise<AsyncIterable<ReadingRow>> {
  const feed = await readLive({ file, profile, sourceId: null, profiles: '' })
  return feed.readings()
}
