import { DomainError, type ReadingRow, type SourceInfo } from '@kickstand/domain'
import type { FeedFile } from './feed-file.ts'
import { groupedReadings, membersOf } from './group-readings.ts'
import { liveRows } from './live-rows.ts'
import { loadProfile } from './load-profile.ts'
import type { Profile } from './profile-schema.ts'
import { type FeedInput, openFeed, type OpenedFeed, tooLong } from './read-feed.ts'
import { mappedRows } from './snapshot-rows.ts'

/** A live feed's answer found to be readable: whose it is, what it is, and its readings, read as they are asked for. */
export type LiveFeed = {
  readonly source: SourceInfo
  readonly format: string
  readonly profile: string
  readonly notes: readonly string[]
  /** Ends with `{ end }`. Nothing is thrown for what stands in the answer. */
  readings(): AsyncGenerator<ReadingRow, void, undefined>
}

/**
 * Looks at an answer of a live feed, kept in a file, and makes ready to read it. A reading's `ref` is that of the static zone
 * that it speaks of; there may be readings of refs that no zone has (the total of a car park, the spaces for the disabled),
 * since many live feeds do not repeat whose spaces they tell. Throws what `readFeed` throws, and `unknown-profile` where
 * neither the format nor the profile's `live` says where the figures are.
 */
export async function readLive(input: FeedInput): Promise<LiveFeed> {
  const { profile: asked } = input
  const declared = typeof asked === 'string' ? await loadProfile(asked, input.profiles) : asked
  const opened = await openFeed({ ...input, profile: declared === null ? null : asLive(declared) })
  const { source, reading, profile, notes, file } = opened
  if (reading.readings === undefined && !namesFigures(profile)) {
    throw new DomainError(
      'unknown-profile',
      `${reading.label} has no live figures of its own, and the profile "${profile.id}" does not name them. Add "live" to it, see feeds/README.md.`,
    )
  }
  return {
    source,
    format: reading.label,
    profile: profile.id,
    notes,
    readings: () => untilCut(readingsOf(opened), file),
  }
}

/** The profile as its live answers are read. */
function asLive({ live = {}, ...profile }: Profile): Profile {
  const { format, rows, ref } = live
  const own = { ...(format === undefined ? {} : { format }), ...(rows === undefined ? {} : { rows }) }
  return { ...profile, live, ...own, ...(ref === undefined ? {} : { ref }) }
}

function namesFigures({ live = {} }: Profile): boolean {
  return [live.free, live.occupied, live.available, live.level].some((rule) => rule !== undefined)
}

async function* readingsOf(opened: OpenedFeed): AsyncGenerator<ReadingRow, void, undefined> {
  const { reading, profile, items, grid } = opened
  const readings = reading.readings?.(profile) ?? liveRows(items(), profile)
  if (profile.group === undefined) return yield* readings
  yield* groupedReadings(readings, await membersOf(mappedRows(items(), profile, grid), profile.group))
}

async function* untilCut(rows: AsyncGenerator<ReadingRow, void, undefined>, file: FeedFile): typeof rows {
  for await (const row of rows) {
    yield 'end' in row && file.wasCut() ? { end: { complete: false, note: tooLong(file) } } : row
  }
}
