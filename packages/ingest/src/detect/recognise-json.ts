import { DomainError } from '@kickstand/domain'
import type { FeedFile } from '#files/feed-file.ts'
import type { Encoding } from '#files/text-encoding.ts'
import { jsonRows } from '#formats/json/json-rows.ts'
import type { JsonSurvey } from '#formats/json/json-scanner.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { JSON_STANDARDS, type JsonStandard } from '#standards/standards.ts'
import { type Fields, isFields, parseJson } from '#values.ts'

export type Recognised = JsonStandard & { readonly rowsPath: string; readonly survey: JsonSurvey }

/** Records sampled: the first ones may be damaged. */
const SAMPLED_RECORDS = 20

/**
 * Detects the standard of a JSON file from its first records, and the path of these; null for none. The profile takes
 * precedence: one with its own fields is used as it is, and one for a standard reads whatever is at the path of its
 * records.
 */
export async function recognise(
  file: FeedFile,
  encoding: Encoding,
  survey: JsonSurvey,
  profile: Profile | null,
): Promise<Recognised | null> {
  const requested = JSON_STANDARDS.filter(({ name }) => profile === null || name === profile.format)
  const known = new Map<string, Promise<Fields[]>>()
  for (const candidate of requested) {
    for (const rowsPath of pathsOf(candidate, survey)) {
      const records = known.get(rowsPath) ?? firstRecords(file, encoding, rowsPath)
      known.set(rowsPath, records)
      const found = (await records).some((record) => candidate.standard.recognises(record))
      if (found) return { ...candidate, rowsPath, survey }
    }
  }
  const [named] = profile === null ? [] : requested
  if (named === undefined) return null
  const [rowsPath] = pathsOf(named, survey)
  if (rowsPath !== undefined && (await known.get(rowsPath))?.length === 0) return { ...named, rowsPath, survey }
  throw new DomainError(
    'unreadable-file',
    `${file.name} is not ${named.standard.label}, which the profile is for: none of its first records has the expected fields.`,
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
  let sampled = 0
  for await (const piece of jsonRows(file, encoding, rowsPath)) {
    const value = 'row' in piece ? parseJson(piece.row.text) : null
    if (isFields(value)) records.push(value)
    sampled += 1
    if (sampled >= SAMPLED_RECORDS) break
  }
  return records
}
