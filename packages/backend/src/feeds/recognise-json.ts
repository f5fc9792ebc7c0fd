import { DomainError } from '@kickstand/domain'
import type { FeedFile } from './feed-file.ts'
import { jsonRows } from './json-rows.ts'
import type { JsonSurvey } from './json-scanner.ts'
import type { Profile } from './profile-schema.ts'
import { JSON_STANDARDS, type JsonStandard } from './standards/standards.ts'
import type { Encoding } from './text-encoding.ts'
import { type Fields, isFields, parseJson } from './values.ts'

export type Recognised = JsonStandard & { readonly rowsPath: string; readonly survey: JsonSurvey }

/** Records looked at: the first ones may be damaged. */
const LOOKED_AT = 20

/**
 * Which standard a JSON file follows, by its first records, and where these are; null for none. A profile's word comes first: a
 * profile with fields of its own reads a file by these, and one for a standard takes what is where its records should be.
 */
export async function recognise(
  file: FeedFile,
  encoding: Encoding,
  survey: JsonSurvey,
  profile: Profile | null,
): Promise<Recognised | null> {
  const asked = JSON_STANDARDS.filter(({ name }) => profile === null || name === profile.format)
  const known = new Map<string, Promise<Fields[]>>()
  for (const candidate of asked) {
    for (const rowsPath of pathsOf(candidate, survey)) {
      const records = known.get(rowsPath) ?? firstRecords(file, encoding, rowsPath)
      known.set(rowsPath, records)
      const found = (await records).some((record) => candidate.standard.recognises(record))
      if (found) return { ...candidate, rowsPath, survey }
    }
  }
  const [named] = profile === null ? [] : asked
  if (named === undefined) return null
  const [rowsPath] = pathsOf(named, survey)
  if (rowsPath !== undefined && (await known.get(rowsPath))?.length === 0) return { ...named, rowsPath, survey }
  throw new DomainError(
    'unreadable-file',
    `${file.name} is not ${named.standard.label}, which the profile is for: no record of it has the fields that it should have.`,
  )
}

function pathsOf({ lists, whole }: JsonStandard, { root, arrays, members }: JsonSurvey): string[] {
  const there = lists.filter((path) => (path === '' ? root === 'array' : arrays.some((list) => list.path === path)))
  const isWhole = root === 'object' && whole !== null && whole.every((name) => members.has(name))
  return isWhole ? [...there, '$'] : there
}

/** The first readable records of a list, to detect its format. */
export async function firstRecords(file: FeedFile, encoding: Encoding, rowsPath: string): Promise<Fields[]> {
  const records: Fields[] = []
  let looked = 0
  for await (const piece of jsonRows(file, encoding, rowsPath)) {
    const value = 'row' in piece ? parseJson(piece.row.text) : null
    if (isFields(value)) records.push(value)
    looked += 1
    if (looked >= LOOKED_AT) break
  }
  return records
}
