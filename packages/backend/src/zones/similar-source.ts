import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { sourceIds } from './import-store.ts'

/** What browsers, people and calendars put behind a file's name: "bays (1)", "bays copy", "bays 2026-11-28". */
const ENDINGS = /(?:-(?:\d+|copy|kopie|copia|copie|final|new|neu|old|alt|latest))+$/

/**
 * Asks which source is meant where a file without one would become a new source, called after the file, and there is one of nearly the
 * same name. Throws `invalid-request`.
 */
export async function checkNewSource(db: DbReader, id: string, file: string): Promise<void> {
  const known = await sourceIds(db)
  if (known.includes(id)) return
  const base = id.replace(ENDINGS, '')
  const similar = known.filter((one) => one.replace(ENDINGS, '') === base)
  if (similar.length === 0) return
  const text =
    `"${file}" would become a new source "${id}", and there is "${similar.join('", "')}" already. ` +
    `Say which it is: --source ${similar[0]} brings that one up to date, --source ${id} makes a new one.`
  throw new DomainError('invalid-request', text)
}
