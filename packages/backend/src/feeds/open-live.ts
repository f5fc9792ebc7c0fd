import { DomainError, type ReadingRow } from '@kickstand/domain'
import type { Profile } from './profile-schema.ts'

/** The rows of one answer of a live feed. */
export async function openLive(file: string, profile: Profile): Promise<AsyncIterable<ReadingRow>> {
  throw new DomainError('unreadable-file', `Live figures of the profile "${profile.id}" cannot be read yet (${file}).`)
}
