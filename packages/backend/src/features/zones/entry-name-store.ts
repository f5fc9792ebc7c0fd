import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { EntryNamesTable } from './tables.ts'

/**
 * An entry by its permanent reference (`ref`, the first one it had) and its current reference in the source (`name`).
 */
export type EntryName = { readonly ref: string; readonly name: string }

/** Those of these entries whose current reference differs from the permanent one. */
export async function readEntryNames(
  db: DbReader,
  source: string,
  column: 'name' | 'ref',
  values: readonly string[],
): Promise<EntryName[]> {
  const found: EntryName[] = []
  for (const part of chunks(values)) {
    found.push(
      ...(await db
        .selectFrom('entry_names')
        .select(['ref', 'name'])
        .where('source_id', '=', source)
        .where(column, 'in', part)
        .execute()),
    )
  }
  return found
}

/** Maps the permanent references of entries that may have these current references to the current ones. */
export async function namesByRef(
  db: DbReader,
  source: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const called = await readEntryNames(db, source, 'name', names)
  const renamed = await readEntryNames(db, source, 'ref', names)
  const taken = new Set([...called.map(({ name }) => name), ...renamed.map(({ ref }) => ref)])
  const found = new Map(names.filter((name) => !taken.has(name)).map((name) => [name, name]))
  for (const { name, ref } of called) found.set(ref, name)
  return found
}

/** Stores the current references of entries. If an entry takes the reference of another, both must be included. */
export async function putEntryNames(tx: Tx, source: string, names: readonly EntryName[]): Promise<void> {
  for (const part of chunks(names)) {
    const refs = part.map(({ ref }) => ref)
    await tx.deleteFrom('entry_names').where('source_id', '=', source).where('ref', 'in', refs).execute()
  }
  const rows: EntryNamesTable[] = names
    .filter(({ ref, name }) => ref !== name)
    .map(({ ref, name }) => ({ source_id: source, name, ref }))
  for (const part of chunks(rows)) await tx.insertInto('entry_names').values(part).execute()
}
