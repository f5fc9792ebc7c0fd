import { DomainError, type ReadingRow, type SourceInfo } from '@kickstand/domain'
import type { FeedFile } from '#files/feed-file.ts'
import { mappedRows } from '#mapping/snapshot-rows.ts'
import { loadProfile } from '#profiles/load-profile.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { type FeedInput, openFeed, type OpenedFeed, tooLong } from '#read-feed.ts'
import { groupedReadings, membersOf } from './group-readings.ts'
import { liveRows } from './live-rows.ts'

/** A readable response of a live feed: its source, its format, and its readings, read on demand. */
export type LiveFeed = {
  readonly source: SourceInfo
  readonly format: string
  readonly profile: string
  readonly notes: readonly string[]
  /** Ends with `{ end }`. Errors in the response are rows; nothing is thrown for them. */
  readings(): AsyncGenerator<ReadingRow, void, undefined>
}

/**
 * Opens a response of a live feed, stored in a file. A reading's `ref` is that of its static zone. There may be
 * readings of refs without a zone (the total of a car park, spaces for the disabled), since many live feeds do not
 * state which vehicles their spaces are for. Throws what `readFeed` throws, and `unknown-profile` where neither the
 * format nor the profile's `live` names the figures.
 */
export async function readLive(input: FeedInput): Promise<LiveFeed> {
  const { profile: requested } = input
  const declared = typeof requested === 'string' ? await loadProfile(requested, input.profiles) : requested
  const opened = await openFeed({ ...input, profile: declared === null ? null : asLive(declared) })
  const { source, reader, profile, notes, file } = opened
  if (reader.readings === undefined && !namesFigures(profile)) {
    throw new DomainError(
      'unknown-profile',
      `${reader.label} has no live figures of its own, and the profile "${profile.id}" does not name their fields. Add "live" to it (feeds/README.md).`,
    )
  }
  return {
    source,
    format: reader.label,
    profile: profile.id,
    notes,
    readings: () => untilCut(readingsOf(opened), file),
  }
}

/** The profile for reading live responses. */
function asLive({ live = {}, ...profile }: Profile): Profile {
  const { format, rows, ref } = live
  const own = { ...(format === undefined ? {} : { format }), ...(rows === undefined ? {} : { rows }) }
  return { ...profile, live, ...own, ...(ref === undefined ? {} : { ref }) }
}

function namesFigures({ live = {} }: Profile): boolean {
  return [live.free, live.occupied, live.available, live.level].some((rule) => rule !== undefined)
}

async function* readingsOf(opened: OpenedFeed): AsyncGenerator<ReadingRow, void, undefined> {
  const { reader, profile, items, grid } = opened
  const readings = reader.readings?.(profile) ?? liveRows(items(), profile)
  if (profile.group === undefined) return yield* readings
  yield* groupedReadings(readings, await membersOf(mappedRows(items(), profile, grid), profile.group))
}

async function* untilCut(rows: AsyncGenerator<ReadingRow, void, undefined>, file: FeedFile): typeof rows {
  for await (const row of rows) {
    yield 'end' in row && file.wasCut() ? { end: { complete: false, note: tooLong(file) } } : row
  }
}
