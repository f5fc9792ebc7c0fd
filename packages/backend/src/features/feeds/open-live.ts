import type { ReadingRow } from '@kickstand/domain'
import type { Profile } from './profile-schema.ts'
import { readLive } from './read-live.ts'

/** The readings of one response of a live feed, reading at most `maxBytes`. */
export async function openLive(file: string, profile: Profile, maxBytes: number): Promise<AsyncIterable<ReadingRow>> {
  const feed = await readLive({ file, profile, sourceId: null, profiles: '', maxBytes })
  return feed.readings()
}
