import type { FeedFile } from './feed-file.ts'
import type { FeedItems } from './feed-row.ts'
import { jsonReading } from './json-format-reader.ts'
import { jsonLines } from './json-rows.ts'
import { withCoverage } from './osm-coverage.ts'
import { pbfDate } from './pbf-date.ts'
import type { Profile } from './profile-schema.ts'
import { readCsv } from './read-csv.ts'
import { readGeoJson } from './read-geojson.ts'
import { osmIdOf, readOsmFeatures } from './osm-features.ts'
import { readJsonTable } from './read-json-table.ts'
import { readKml } from './read-kml.ts'
import { readOsmPbf } from './read-osm-pbf.ts'
import { fits, type Reading } from './format-reader.ts'
import { sniff, unreadable } from './sniff.ts'
import { type Encoding, encodingOf } from './text-encoding.ts'
import { isFields, parseJson } from './values.ts'
import { xmlReading } from './xml-format-reader.ts'

const LINES_LOOKED_AT = 20

/**
 * Finds out what a file is, by its content and by the profile that was asked for, if any. Throws `unreadable-file` where it is
 * nothing that can be read, or not what the profile is for.
 */
export async function openReading(
  file: FeedFile,
  profile: Profile | null,
): Promise<{ reading: Reading; note: string | null }> {
  const opened = await readingOf(file, profile)
  const { format, label } = opened.reading
  if (profile?.format !== undefined && !fits(profile.format, format)) {
    throw unreadable(file, `is ${label}, and the profile "${profile.id}" is for ${profile.format}`)
  }
  return opened
}

async function readingOf(file: FeedFile, profile: Profile | null): Promise<{ reading: Reading; note: string | null }> {
  const sniffed = sniff(file)
  if (sniffed === 'osm-pbf') {
    const items = (): FeedItems => withCoverage(readOsmPbf(file))
    return { reading: { format: 'osm', label: 'OSM PBF', crs: null, madeAt: await pbfDate(file), items }, note: null }
  }
  const { encoding, note } = profile?.encoding ? { encoding: profile.encoding, note: null } : await encodingOf(file)
  switch (sniffed) {
    case 'kml':
      return { reading: { format: 'kml', label: 'KML', crs: null, items: () => readKml(file, encoding) }, note }
    case 'csv': {
      const items = (used: Profile): FeedItems => readCsv(file, encoding, used.delimiter ?? null)
      return { reading: { format: 'csv', label: 'CSV', crs: null, items }, note }
    }
    case 'json-lines':
      return { reading: linesReading(file, encoding, profile), note }
    case 'json':
      return { reading: await jsonReading(file, encoding, profile), note }
    default:
      return { reading: xmlReading(file, encoding, sniffed), note }
  }
}

/** Lines of GeoJSON features (plain or made from OSM data) or of plain objects, detected by the first lines. */
function linesReading(file: FeedFile, encoding: Encoding, profile: Profile | null): Reading {
  const lines = new TextDecoder(encoding).decode(file.head).split('\n', LINES_LOOKED_AT)
  const records = lines.map((line) => parseJson(line.replaceAll('\u001E', ''))).filter(isFields)
  const readsOsm = profile === null || profile.mapping === 'osm'
  if (readsOsm && records.length > 0 && records.every((record) => osmIdOf(record) !== null)) {
    const items = (): FeedItems => withCoverage(readOsmFeatures(() => jsonLines(file, encoding)))
    return { format: 'osm', label: 'OSM GeoJSON', crs: null, items }
  }
  if (/"type"\s*:\s*"Feature"/.test(lines[0] ?? '')) {
    const items = (): FeedItems => readGeoJson(jsonLines(file, encoding), 'line')
    return { format: 'geojson', label: 'GeoJSON', crs: null, items }
  }
  return { format: 'json', label: 'JSON', crs: null, items: () => readJsonTable(jsonLines(file, encoding), null) }
}
