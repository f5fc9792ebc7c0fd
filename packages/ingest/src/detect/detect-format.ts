import type { FeedItems } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { unreadable } from '#files/file-faults.ts'
import { type Encoding, encodingOf } from '#files/text-encoding.ts'
import { readCsv } from '#formats/csv/read-csv.ts'
import { readGeoJson } from '#formats/geojson/read-geojson.ts'
import { jsonLines } from '#formats/json/json-rows.ts'
import { readJsonTable } from '#formats/json/read-json-table.ts'
import { readKml } from '#formats/kml/read-kml.ts'
import { pbfDate } from '#formats/osm-pbf/pbf-date.ts'
import { readOsmPbf } from '#formats/osm-pbf/read-osm-pbf.ts'
import { withCoverage } from '#formats/osm/osm-coverage.ts'
import { osmIdOf, readOsmFeatures } from '#formats/osm/osm-features.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { isFields, parseJson } from '#values.ts'
import { isCompatible, type FormatReader } from './format-reader.ts'
import { jsonFormatReader } from './json-format-reader.ts'
import { sniff } from './sniff.ts'
import { xmlFormatReader } from './xml-format-reader.ts'

const SAMPLED_LINES = 20

/**
 * Detects the format of a file from its content and from the requested profile, if any. Throws `unreadable-file` for an
 * unsupported format, or for one that the profile is not for.
 */
export async function detectFormat(
  file: FeedFile,
  profile: Profile | null,
): Promise<{ reader: FormatReader; note: string | null }> {
  const detected = await readerOf(file, profile)
  const { format, label } = detected.reader
  if (profile?.format !== undefined && !isCompatible(profile.format, format)) {
    throw unreadable(file, `is ${label}, and the profile "${profile.id}" is for ${profile.format}`)
  }
  return detected
}

async function readerOf(
  file: FeedFile,
  profile: Profile | null,
): Promise<{ reader: FormatReader; note: string | null }> {
  const sniffed = sniff(file)
  if (sniffed === 'osm-pbf') {
    const items = (): FeedItems => withCoverage(readOsmPbf(file))
    return { reader: { format: 'osm', label: 'OSM PBF', crs: null, madeAt: await pbfDate(file), items }, note: null }
  }
  const { encoding, note } = profile?.encoding ? { encoding: profile.encoding, note: null } : await encodingOf(file)
  switch (sniffed) {
    case 'kml':
      return { reader: { format: 'kml', label: 'KML', crs: null, items: () => readKml(file, encoding) }, note }
    case 'csv': {
      const items = (used: Profile): FeedItems => readCsv(file, encoding, used.delimiter ?? null)
      return { reader: { format: 'csv', label: 'CSV', crs: null, items }, note }
    }
    case 'json-lines':
      return { reader: linesFormatReader(file, encoding, profile), note }
    case 'json':
      return { reader: await jsonFormatReader(file, encoding, profile), note }
    default:
      return { reader: xmlFormatReader(file, encoding, sniffed), note }
  }
}

/**
 * Reader of lines of GeoJSON features (plain or made from OSM data) or of plain objects, detected from the first lines.
 */
function linesFormatReader(file: FeedFile, encoding: Encoding, profile: Profile | null): FormatReader {
  const lines = new TextDecoder(encoding).decode(file.head).split('\n', SAMPLED_LINES)
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
