import type { JsonPiece } from '#formats/json/json-rows.ts'
import { type Fields, isFields, parseJson } from '#values.ts'

/** The version of an object in a JSON file of OSM data. `version` is 0 where the file does not state it. */
export type VersionedObject = { readonly id: string; readonly version: number; readonly isParking: boolean }

/**
 * The highest version in a file, by id, of each object that is motorcycle parking in any of its versions. A file may
 * contain an object more than once (merged extracts, histories), in any order, and its newest version may not be
 * parking any more. Only ids of parking are held, so a file with versions is read twice.
 */
export async function newestVersions(
  pieces: () => AsyncIterable<JsonPiece>,
  read: (value: Fields) => VersionedObject | null,
): Promise<ReadonlyMap<string, number>> {
  const newest = new Map<string, number>()
  for await (const { id, version, isParking } of objectsIn(pieces(), 'motorcycle', read)) {
    if (isParking && version > 0) newest.set(id, Math.max(version, newest.get(id) ?? 0))
  }
  if (newest.size === 0) return newest
  for await (const { id, version } of objectsIn(pieces(), 'version', read)) {
    const known = newest.get(id)
    if (known !== undefined && version > known) newest.set(id, version)
  }
  return newest
}

async function* objectsIn(
  pieces: AsyncIterable<JsonPiece>,
  word: string,
  read: (value: Fields) => VersionedObject | null,
): AsyncGenerator<VersionedObject, void, undefined> {
  for await (const piece of pieces) {
    if ('end' in piece || !piece.row.text.includes(word) || !piece.row.text.includes('version"')) continue
    const value = parseJson(piece.row.text)
    const object = isFields(value) ? read(value) : null
    if (object !== null) yield object
  }
}

/** Parses a version; 0 for none. */
export function versionOf(value: unknown): number {
  const version = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0
}
