import { DomainError, type SnapshotRow, type SourceInfo } from '@kickstand/domain'
import { toDegrees } from './crs.ts'
import { type FeedFile, isWholeGzip, type OnBytes, openFeedFile } from './feed-file.ts'
import { brokenOff, type FeedItems } from './feed-row.ts'
import { jsonLines, jsonRows } from './json-rows.ts'
import { surveyJson } from './json-survey.ts'
import { loadProfile, sourceOf } from './load-profile.ts'
import { withCoverage } from './osm-coverage.ts'
import type { Profile } from './profile-schema.ts'
import { readCsv } from './read-csv.ts'
import { crsNamed, readGeoJson } from './read-geojson.ts'
import { readJsonTable, socrataColumns } from './read-json-table.ts'
import { readKml } from './read-kml.ts'
import { readOsmPbf } from './read-osm-pbf.ts'
import { readOverpass } from './read-overpass.ts'
import { snapshotRows } from './snapshot-rows.ts'
import { sniff, unreadable } from './sniff.ts'
import { type Encoding, encodingOf } from './text-encoding.ts'
import { parseJson } from './values.ts'

/** A file found to be importable: whose data it is, what it is, and its zones, read as they are asked for. */
export type Feed = {
  readonly source: SourceInfo
  readonly format: string
  readonly profile: string
  readonly notes: readonly string[]
  rows(): AsyncGenerator<SnapshotRow, void, undefined>
}

export type FeedInput = {
  readonly file: string
  /** A profile's name or file; null takes `osm` for OSM formats and `generic` for the rest. */
  readonly profile: string | null
  /** Overrides the profile's id as the id of the source. */
  readonly sourceId: string | null
  /** Where the profiles that come with Kickstand are. */
  readonly profiles: string
  readonly onBytes?: OnBytes
}

type Reading = {
  readonly format: string
  readonly osm: boolean
  readonly crs: string | null
  items(profile: Profile): FeedItems
}

const SOURCE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/

/**
 * Looks at a file and makes ready to read it. What it is, is told from its content, not from its name.
 * Throws `unreadable-file`, `unknown-profile`, or `invalid-request` for a source id of the wrong form.
 */
export async function readFeed(input: FeedInput): Promise<Feed> {
  if (input.sourceId !== null && !SOURCE_ID.test(input.sourceId)) {
    const text = `"${input.sourceId}" cannot be the id of a source. Use small letters, digits and hyphens, like "paris-moto".`
    throw new DomainError('invalid-request', text)
  }
  const file = await openFeedFile(input.file, input.onBytes)
  const asked = input.profile === null ? null : await loadProfile(input.profile, input.profiles)
  const { reading, note } = await readingOf(file, asked)
  const profile = asked ?? (await loadProfile(reading.osm ? 'osm' : 'generic', input.profiles))
  if (profile.format !== undefined && !fits(profile.format, reading.format)) {
    throw unreadable(file, `is ${reading.format}, and the profile "${profile.id}" is for ${profile.format}`)
  }
  const wholeGzip = await isWholeGzip(file)
  const grid = { geometry: toDegrees(reading.crs ?? profile.crs ?? null), fields: toDegrees(profile.crs ?? null) }
  // The generic profile speaks for nobody: two files read by it are two sources, called after their files.
  const generic = profile.id === 'generic'
  const source = sourceOf(profile, input.sourceId ?? (generic ? idFromName(file.name) : profile.id))
  return {
    source: generic ? { ...source, name: file.name.slice(0, 255) } : source,
    format: reading.format,
    profile: profile.id,
    notes: note === null ? [] : [note],
    rows: () => snapshotRows(wholeGzip ? reading.items(profile) : unlessWhole(reading.items(profile)), profile, grid),
  }
}

/** A gzip file that broke off between two lines of a table looks whole from inside. */
async function* unlessWhole(items: FeedItems): FeedItems {
  for await (const item of items) {
    yield item.type === 'end' && item.complete
      ? brokenOff('The gzip file breaks off; what stands before was read.')
      : item
  }
}

async function readingOf(file: FeedFile, profile: Profile | null): Promise<{ reading: Reading; note: string | null }> {
  const sniffed = sniff(file)
  if (sniffed === 'osm-pbf') {
    const reading = { format: 'OSM PBF', osm: true, crs: null, items: () => withCoverage(readOsmPbf(file)) }
    return { reading, note: null }
  }
  const { encoding, note } = profile?.encoding ? { encoding: profile.encoding, note: null } : await encodingOf(file)
  switch (sniffed) {
    case 'kml':
      return { reading: { format: 'KML', osm: false, crs: null, items: () => readKml(file, encoding) }, note }
    case 'csv': {
      const items = (used: Profile): FeedItems => readCsv(file, encoding, used.delimiter ?? null)
      return { reading: { format: 'CSV', osm: false, crs: null, items }, note }
    }
    case 'json-lines':
      return { reading: linesReading(file, encoding), note }
    default:
      return { reading: await jsonReading(file, encoding, profile), note }
  }
}

/** Lines of GeoJSON features, or of plain objects, as the first line tells. */
function linesReading(file: FeedFile, encoding: Encoding): Reading {
  const first = new TextDecoder(encoding).decode(file.head).split('\n', 1)[0] ?? ''
  const features = /"type"\s*:\s*"Feature"/.test(first)
  return {
    format: features ? 'GeoJSON' : 'JSON',
    osm: false,
    crs: null,
    items: () => {
      const lines = jsonLines(file, encoding)
      return features ? readGeoJson(lines, 'line') : readJsonTable(lines, null)
    },
  }
}

async function jsonReading(file: FeedFile, encoding: Encoding, profile: Profile | null): Promise<Reading> {
  const { kind, rowsPath, survey } = await surveyJson(file, encoding, profile?.rows ?? null)
  const pieces = (): ReturnType<typeof jsonRows> => jsonRows(file, encoding, rowsPath)
  if (kind === 'overpass') {
    const remark = parseJson(survey.members.get('remark'))
    const items = (): FeedItems => withCoverage(readOverpass(pieces, typeof remark === 'string' ? remark : null))
    return { format: 'Overpass JSON', osm: true, crs: null, items }
  }
  if (kind === 'geojson') {
    const crs = crsNamed(survey.members.get('crs'))
    return { format: 'GeoJSON', osm: false, crs, items: () => readGeoJson(pieces(), 'feature') }
  }
  const columns = socrataColumns(survey.members.get('meta'))
  return { format: 'JSON', osm: false, crs: null, items: () => readJsonTable(pieces(), columns) }
}

function fits(wanted: NonNullable<Profile['format']>, format: string): boolean {
  const formats: Readonly<Record<string, readonly string[]>> = {
    osm: ['OSM PBF', 'Overpass JSON'],
    geojson: ['GeoJSON'],
    kml: ['KML'],
    csv: ['CSV'],
  }
  return (formats[wanted] ?? ['JSON']).includes(format)
}

/** "Motos Gijón 2024.csv" → "motos-gijon-2024". */
function idFromName(name: string): string {
  const bare = name.replace(/(?:\.(?:gz|json|geojson|kml|csv|tsv|txt|ndjson|geojsonl|geojsons))+$/i, '')
  const id = bare
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
  return id === '' ? 'import' : id
}
