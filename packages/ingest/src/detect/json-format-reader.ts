import type { FeedItems } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import type { Encoding } from '#files/text-encoding.ts'
import { crsNamed, readGeoJson } from '#formats/geojson/read-geojson.ts'
import { jsonRows } from '#formats/json/json-rows.ts'
import { type JsonFile, rowsOf, surveyJson } from '#formats/json/json-survey.ts'
import { withPages } from '#formats/json/paging.ts'
import { esriCrs, readArcGis } from '#formats/json/read-arcgis.ts'
import { readJsonTable, socrataColumns } from '#formats/json/read-json-table.ts'
import { withCoverage } from '#formats/osm/osm-coverage.ts'
import { readOsmFeatures } from '#formats/osm/osm-features.ts'
import { readOverpass } from '#formats/osm/read-overpass.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { type Records, standardItems, standardReadings, withOwnFields } from '#standards/standard-rows.ts'
import { documentDate } from '#time/document-date.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, isFields, parseJson } from '#values.ts'
import type { FormatReader } from './format-reader.ts'
import { recognise, type Recognised } from './recognise-json.ts'
import { refineKind } from './refine-json.ts'

/** Detects the format of a JSON file, from its structure or from the profile, and returns its reader. */
export async function jsonFormatReader(
  file: FeedFile,
  encoding: Encoding,
  profile: Profile | null,
): Promise<FormatReader> {
  const survey = await surveyJson(file, encoding)
  const standard = await recognise(file, encoding, survey, profile)
  const madeAt = documentDate(survey.members)
  if (standard !== null) {
    return { madeAt: madeAt ?? dateInHead(file, encoding), ...standardFormatReader(file, encoding, standard) }
  }
  const rows = await refineKind(file, encoding, rowsOf(file, survey, profile?.rows ?? null), profile)
  return { madeAt, ...plainFormatReader(file, encoding, rows) }
}

function plainFormatReader(file: FeedFile, encoding: Encoding, { kind, rowsPath, survey }: JsonFile): FormatReader {
  const rawRows = (): ReturnType<typeof jsonRows> => jsonRows(file, encoding, rowsPath)
  const pieces = (profile: Profile): ReturnType<typeof jsonRows> => withPages(rawRows(), survey.members, profile)
  switch (kind) {
    case 'overpass': {
      const remark = parseJson(survey.members.get('remark'))
      const items = (): FeedItems => withCoverage(readOverpass(rawRows, typeof remark === 'string' ? remark : null))
      return { format: 'osm', label: 'Overpass JSON', crs: null, items }
    }
    case 'geojson': {
      const crs = crsNamed(survey.members.get('crs'))
      return { format: 'geojson', label: 'GeoJSON', crs, items: (profile) => readGeoJson(pieces(profile), 'feature') }
    }
    case 'osm-features': {
      const items = (): FeedItems => withCoverage(readOsmFeatures(rawRows))
      return { format: 'osm', label: 'OSM GeoJSON', crs: null, items }
    }
    case 'arcgis': {
      const id = parseJson(survey.members.get('objectIdFieldName'))
      const items = (profile: Profile): FeedItems => readArcGis(pieces(profile), typeof id === 'string' ? id : null)
      return { format: 'arcgis', label: 'ArcGIS', crs: esriCrs(survey.members.get('spatialReference')), items }
    }
    default: {
      const columns = socrataColumns(survey.members.get('meta'))
      const items = (profile: Profile): FeedItems => readJsonTable(pieces(profile), columns)
      if (columns !== null) return { format: 'socrata', label: 'Socrata', crs: null, items }
      const opendatasoft = rowsPath === 'results' && survey.members.has('total_count')
      return opendatasoft
        ? { format: 'opendatasoft', label: 'Opendatasoft', crs: null, items, prepare: withGeoPoint }
        : { format: 'json', label: 'JSON', crs: null, items, prepare: withGeoPoint }
    }
  }
}

/** Adds Opendatasoft's standard geometry columns to a profile that names none. */
function withGeoPoint(profile: Profile): Profile {
  const { lat, geometry } = profile.fields ?? {}
  if (profile.format !== 'opendatasoft' || lat !== undefined || geometry !== undefined) return profile
  return { ...profile, fields: { ...profile.fields, geometry: ['geo_shape', 'geo_point_2d'] } }
}

function standardFormatReader(
  file: FeedFile,
  encoding: Encoding,
  { name, standard, rowsPath, survey }: Recognised,
): FormatReader {
  const records = (profile: Profile): Records<Fields> => recordsOf(file, encoding, rowsPath, survey.members, profile)
  return {
    format: name,
    label: standard.label,
    crs: null,
    items: (profile) => standardItems(standard, records(profile), profile),
    readings: (profile) => standardReadings(standard, records(profile), profile),
    prepare: withOwnFields,
  }
}

const MADE_AT = /"(?:UPDATETIME|last_updated|lastUpdated)"\s*:\s*"([^"]{1,60})"/

function dateInHead(file: FeedFile, encoding: Encoding): string | null {
  return MADE_AT.exec(new TextDecoder(encoding).decode(file.head))?.[1] ?? null
}

async function* recordsOf(
  file: FeedFile,
  encoding: Encoding,
  rowsPath: string,
  members: ReadonlyMap<string, string>,
  profile: Profile,
): Records<Fields> {
  yield { at: readTime(dateInHead(file, encoding), timeRules(profile)) }
  for await (const piece of withPages(jsonRows(file, encoding, rowsPath), members, profile)) {
    if ('end' in piece) {
      yield piece
      continue
    }
    const where = `row ${piece.row.number}`
    const record = parseJson(piece.row.text)
    if (isFields(record)) yield { record, where }
    else yield { rejected: { where, reason: 'is not a JSON object; correct it in the file' } }
  }
}
