import { DomainError, type SnapshotRow, type SourceInfo } from '@kickstand/domain'
import { toDegrees } from './crs.ts'
import { type FeedFile, isWholeGzip, type OnBytes, openFeedFile } from './feed-file.ts'
import { readDocumentDate } from './document-date.ts'
import { brokenOff, type FeedItems } from './feed-row.ts'
import { loadProfile, sourceOf } from './load-profile.ts'
import type { RowGrid } from './map-row.ts'
import { motorcycleRows } from './motorcycle-supply.ts'
import { openReading } from './detect-format.ts'
import type { Profile } from './profile-schema.ts'
import { type Reading, usualProfile } from './format-reader.ts'
import { snapshotRows } from './snapshot-rows.ts'

/** A file found to be importable: whose data it is, what it is, and its zones, read as they are asked for. */
export type Feed = {
  readonly source: SourceInfo
  readonly format: string
  readonly profile: string
  readonly notes: readonly string[]
  /** The date stated in the file, else in its profile; epoch milliseconds, null where neither states one. */
  readonly documentDate: number | null
  rows(): AsyncGenerator<SnapshotRow, void, undefined>
  /** Whether the source is called after the file, since nothing else says whose data it is. */
  readonly isNamedAfterFile: boolean
}

export type FeedInput = {
  readonly file: string
  /** A profile, its name or file; null takes `osm` for OSM formats, the standard's own, and `generic` for the rest. */
  readonly profile: string | Profile | null
  /** Overrides the profile's id as the id of the source. */
  readonly sourceId: string | null
  /** Where the profiles that come with Kickstand are. */
  readonly profiles: string
  /** `motorcycle`: take all rows of a list without a profile as motorcycle parking. */
  readonly supply?: 'motorcycle' | null
  /** Epoch milliseconds. OSM objects that are closed or not yet open at this time are left out. Without it their dates are ignored. */
  readonly at?: number
  readonly onBytes?: OnBytes
  /** Bytes of content, unpacked, after which a file is given up; what stands before is read. Without it there is no limit. */
  readonly maxBytes?: number
}

/** A file with the profile that reads it. */
export type OpenedFeed = {
  readonly file: FeedFile
  readonly reading: Reading
  readonly profile: Profile
  readonly grid: RowGrid
  readonly source: SourceInfo
  readonly isNamedAfterFile: boolean
  readonly notes: readonly string[]
  items(): FeedItems
}

const SOURCE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/

/** The profile for files of unknown origin. */
const GENERIC = 'generic'
/** Profiles that speak for nobody: two files read by one are two sources, called after their files. */
const ANYBODY = new Set([GENERIC, 'apds', 'datex2', 'fiware', 'parkapi'])

/**
 * Looks at a file and makes ready to read it. What it is, is told from its content, not from its name.
 * Throws `unreadable-file`, `unknown-profile`, or `invalid-request` for a source id of the wrong form.
 */
export async function readFeed(input: FeedInput): Promise<Feed> {
  const { source, reading, profile, grid, isNamedAfterFile, notes, items } = await openFeed(input)
  return {
    source,
    format: reading.label,
    profile: profile.id,
    isNamedAfterFile,
    notes,
    documentDate: readDocumentDate(reading.madeAt ?? null, profile),
    rows: () => snapshotRows(items(), profile, grid, input.at ?? null),
  }
}

/** The same for whoever reads more than zones of a file. */
export async function openFeed(input: FeedInput): Promise<OpenedFeed> {
  if (input.sourceId !== null && !SOURCE_ID.test(input.sourceId)) {
    const text = `"${input.sourceId}" cannot be the id of a source. Use small letters, digits and hyphens, like "paris-moto".`
    throw new DomainError('invalid-request', text)
  }
  const file = await openFeedFile(input.file, input.onBytes, input.maxBytes)
  const asked = typeof input.profile === 'string' ? await loadProfile(input.profile, input.profiles) : input.profile
  const { reading, note } = await openReading(file, asked)
  const declared = asked ?? (await loadProfile(usualProfile(reading.format), input.profiles))
  const profile = reading.prepare?.(declared) ?? declared
  const wholeGzip = await isWholeGzip(file)
  const grid = { geometry: toDegrees(reading.crs ?? profile.crs ?? null), fields: toDegrees(profile.crs ?? null) }
  const anybody = ANYBODY.has(profile.id)
  const source = sourceOf(profile, input.sourceId ?? (anybody ? idFromName(file.name) : profile.id))
  return {
    file,
    reading,
    profile,
    grid,
    isNamedAfterFile: anybody && input.sourceId === null,
    source: anybody ? { ...source, name: file.name.slice(0, 255) } : source,
    notes: note === null ? [] : [note],
    items: () => {
      const items = untilItsEnd(reading.items(profile), file, wholeGzip)
      const takesAll = profile.id !== GENERIC || (input.supply ?? profile.supply) === 'motorcycle'
      return takesAll ? items : motorcycleRows(items, file, input.sourceId)
    },
  }
}

/** What was cut may look whole from inside: a gzip file that broke off between two lines, a file longer than it may be. */
async function* untilItsEnd(items: FeedItems, file: FeedFile, wholeGzip: boolean): FeedItems {
  for await (const item of items) {
    if (item.type !== 'end') yield item
    else if (file.wasCut()) yield { ...item, ...brokenOff(tooLong(file)) }
    else yield item.complete && !wholeGzip ? brokenOff('The gzip file breaks off; what stands before was read.') : item
  }
}

export function tooLong(file: FeedFile): string {
  return `The file is longer than the ${file.maxBytes} bytes that it may have; what stands before was read.`
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
