import { clip, readText } from '@kickstand/domain'
import type { FeedFile } from '#files/feed-file.ts'
import { incomplete, unreadable } from '#files/file-faults.ts'
import { type Encoding, utf8Of } from '#files/text-encoding.ts'
import { fieldsOf, parseJson } from '#values.ts'
import { BREAKS_OFF, createJsonScanner, type JsonSurvey } from './json-scanner.ts'

/** A JSON file by its structure. `rowsPath` is the path of its rows; `$` means that the whole file is one row. */
export type JsonFile = {
  readonly kind: 'overpass' | 'geojson' | 'osm-features' | 'arcgis' | 'json-rows'
  readonly rowsPath: string
  readonly survey: JsonSurvey
}

const ROW_NAMES = ['features', 'elements', 'data', 'results', 'records', 'rows', 'items', 'value']

/** First pass over a JSON file: its arrays, its root members, and its error as a whole, if any. */
export async function surveyJson(file: FeedFile, encoding: Encoding): Promise<Surveyed> {
  const scanner = createJsonScanner(null)
  for await (const chunk of utf8Of(file, encoding)) scanner.push(chunk)
  return { ...scanner.survey(), problem: scanner.end() }
}

export type Surveyed = JsonSurvey & { readonly problem: string | null }

/**
 * Finds the kind of a JSON file and the path of its rows. A path from a profile wins over the usual names. Throws
 * `unreadable-file` where there are no rows.
 */
export function rowsOf(file: FeedFile, survey: Surveyed, profilePath: string | null): JsonFile {
  const type = parseJson(survey.members.get('type'))
  if (type === 'Feature') return { kind: 'geojson', rowsPath: '$', survey }

  const lists = survey.arrays.filter((list) => list.rows).map((list) => list.path)
  const rowsPath = profilePath ?? usualPath(survey, lists)
  if (rowsPath !== null && survey.arrays.some((list) => list.path === rowsPath)) {
    const esri = ['spatialReference', 'objectIdFieldName', 'geometryType'].some((name) => survey.members.has(name))
    if (rowsPath === 'features' && esri && type === undefined) return { kind: 'arcgis', rowsPath, survey }
    const overpass = rowsPath === 'elements' && (survey.members.has('osm3s') || survey.members.has('generator'))
    // Damage earlier in the file may have hidden the type.
    const geojson = rowsPath === 'features' && (type === 'FeatureCollection' || type === undefined)
    return { kind: overpass ? 'overpass' : geojson ? 'geojson' : 'json-rows', rowsPath, survey }
  }
  const { problem } = survey
  if (problem !== null) {
    const fault = problem.startsWith(BREAKS_OFF) ? incomplete : unreadable
    throw fault(file, `is JSON that ${problem}; no row of it could be read`)
  }
  if (profilePath !== null) {
    const found = lists.length === 0 ? 'There are none' : `There are: ${lists.join(', ')}`
    throw unreadable(file, `has no list at "${profilePath}", where the profile says its rows are. ${found}`)
  }
  const names = [...survey.members.keys()].slice(0, 8).join(', ') || 'nothing'
  const errorText = errorIn(survey)
  if (errorText !== null)
    throw unreadable(
      file,
      `is an error message instead of a list of parking (its members: ${names}). The message: ${errorText}`,
    )
  throw unreadable(
    file,
    `is JSON without a list of parking (its members: ${names}). Name the list as "rows" in a profile`,
  )
}

function usualPath(survey: JsonSurvey, lists: readonly string[]): string | null {
  if (survey.root === 'array') return ''
  const usual = ROW_NAMES.find((name) => lists.includes(name))
  if (usual !== undefined) return usual
  const deeper = lists.filter((path) => path.includes('.'))
  const only = lists.length === 1 ? lists : deeper
  return only.length === 1 ? (only[0] ?? null) : null
}

/** The error message that some services send instead of data, with status 200 too. */
function errorIn(survey: JsonSurvey): string | null {
  const error = parseJson(survey.members.get('error') ?? survey.members.get('odata.error'))
  const text = readText(error) ?? readText(fieldsOf(error)['message'])
  return text === null ? null : clip(text, 200)
}
