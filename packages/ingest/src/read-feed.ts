import { DomainError, type SnapshotRow, type SourceInfo } from '@kickstand/domain'
import { toDegrees } from './coordinates/crs.ts'
import { detectFormat } from './detect/detect-format.ts'
import { type FormatReader, defaultProfile } from './detect/format-reader.ts'
import { truncatedEnd, type FeedItems } from './feed-row.ts'
import { type FeedFile, isWholeGzip, type OnBytes, openFeedFile } from './files/feed-file.ts'
import type { RowGrid } from './mapping/map-row.ts'
import { motorcycleRows } from './mapping/motorcycle-supply.ts'
import { snapshotRows } from './mapping/snapshot-rows.ts'
import { loadProfile, sourceOf } from './profiles/load-profile.ts'
import type { Profile } from './profiles/profile-schema.ts'
import { readDocumentDate } from './time/document-date.ts'

/** An importable file: its source, its format, and its zones, read on demand. */
export type Feed = {
  readonly source: SourceInfo
  readonly format: string
  readonly profile: string
  readonly notes: readonly string[]
  /** The date stated in the file, else in its profile, in epoch milliseconds; null for none. */
  readonly documentDate: number | null
  rows(): AsyncGenerator<SnapshotRow, void, undefined>
  /** Whether the source is named after the file, because neither profile nor input names it. */
  readonly isNamedAfterFile: boolean
}

export type FeedInput = {
  readonly file: string
  /**
   * A profile, or its name or file. With null, OSM formats use `osm`, standards their own profile, and the rest
   * `generic`.
   */
  readonly profile: string | Profile | null
  /** Overrides the profile's id as the id of the source. */
  readonly sourceId: string | null
  /** The folder of the profiles that come with Kickstand. */
  readonly profiles: string
  /** `motorcycle`: take all rows of a list without a profile as motorcycle parking. */
  readonly supply?: 'motorcycle' | null
  /**
   * Epoch milliseconds. OSM objects that are closed or not yet open at this time are left out. Without it their dates
   * are ignored.
   */
  readonly at?: number
  readonly onBytes?: OnBytes
  /** Limit on the bytes of content (decompressed) that are read. No limit by default. */
  readonly maxBytes?: number
}

/** A file with the profile that reads it. */
export type OpenedFeed = {
  readonly file: FeedFile
  readonly reader: FormatReader
  readonly profile: Profile
  readonly grid: RowGrid
  readonly source: SourceInfo
  readonly isNamedAfterFile: boolean
  readonly notes: readonly string[]
  items(): FeedItems
}

const SOURCE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/

const GENERIC = 'generic'
/** Profiles that belong to no source: two files read with one are two sources, named after their files. */
const SHARED_PROFILES = new Set([GENERIC, 'apds', 'datex2', 'fiware', 'parkapi'])

/**
 * Opens a file for import. Its format is detected from its content, not from its name. Throws `unreadable-file`,
 * `unknown-profile`, or `invalid-request` for an invalid source id.
 */
export async function readFeed(input: FeedInput): Promise<Feed> {
  const { source, reader, profile, grid, isNamedAfterFile, notes, items } = await openFeed(input)
  return {
    source,
    format: reader.label,
    profile: profile.id,
    isNamedAfterFile,
    notes,
    documentDate: readDocumentDate(reader.madeAt ?? null, profile),
    rows: () => snapshotRows(items(), profile, grid, input.at ?? null),
  }
}

/** Like `readFeed`, for callers that read more than zones from a file. */
export async function openFeed(input: FeedInput): Promise<OpenedFeed> {
  if (input.sourceId !== null && !SOURCE_ID.test(input.sourceId)) {
    const text = `"${input.sourceId}" is not a valid source id. Expected lowercase letters, digits and hyphens, like "paris-moto".`
    throw new DomainError('invalid-request', text)
  }
  const file = await openFeedFile(input.file, input.onBytes, input.maxBytes)
  const requested = typeof input.profile === 'string' ? await loadProfile(input.profile, input.profiles) : input.profile
  const { reader, note } = await detectFormat(file, requested)
  const declared = requested ?? (await loadProfile(defaultProfile(reader.format), input.profiles))
  const profile = reader.prepare?.(declared) ?? declared
  const wholeGzip = await isWholeGzip(file)
  const grid = { geometry: toDegrees(reader.crs ?? profile.crs ?? null), fields: toDegrees(profile.crs ?? null) }
  const isShared = SHARED_PROFILES.has(profile.id)
  const source = sourceOf(profile, input.sourceId ?? (isShared ? idFromName(file.name) : profile.id))
  return {
    file,
    reader,
    profile,
    grid,
    isNamedAfterFile: isShared && input.sourceId === null,
    source: isShared ? { ...source, name: file.name.slice(0, 255) } : source,
    notes: note === null ? [] : [note],
    items: () => {
      const items = untilItsEnd(reader.items(profile), file, wholeGzip)
      const takesAll = profile.id !== GENERIC || (input.supply ?? profile.supply) === 'motorcycle'
      return takesAll ? items : motorcycleRows(items, file, input.sourceId)
    },
  }
}

/**
 * Reports a truncated file that looks complete to its reader: a gzip file cut between two lines, or a file over its
 * limit.
 */
async function* untilItsEnd(items: FeedItems, file: FeedFile, wholeGzip: boolean): FeedItems {
  for await (const item of items) {
    if (item.type !== 'end') yield item
    else if (file.wasCut()) yield { ...item, ...truncatedEnd(tooLong(file)) }
    else
      yield item.complete && !wholeGzip
        ? truncatedEnd('The gzip file is truncated. The content before that was read.')
        : item
  }
}

export function tooLong(file: FeedFile): string {
  return `The file is over its limit of ${file.maxBytes} bytes. The content before that was read.`
}

/** "Motos Gijón 2024.csv" → "motos-gijon-2024". */
function idFromName(name: string): string {
  const bare = name.replace(/(?:\.(?:gz|json|geojson|kml|xml|csv|tsv|txt|ndjson|geojsonl|geojsons))+$/i, '')
  const id = bare
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
  return id === '' ? 'import' : id
}
