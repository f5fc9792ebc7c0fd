import type { ReadingRow } from '@kickstand/domain'
import type { Profile } from './profile-schema.ts'
import { readLive } from './read-live.ts'

/** The rows of one answer of a live feed, up to so many bytes of it. */
export async function openLive(file: string, profile: Profile, maxBytes: number): Promise<AsyncIterable<ReadingRow>> {
  const feed = await readLive({ file, profile, sourceId: null, profiles: '', maxBytes })
  return feed.readings()
}
