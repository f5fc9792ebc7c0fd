import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { sourceIds } from './source-store.ts'

/** Suffixes that browsers and people append to file names: "bays (1)", "bays copy", "bays 2026-11-28". */
const COPY_SUFFIXES = /(?:-(?:\d+|copy|kopie|copia|copie|final|new|neu|old|alt|latest))+$/

/** Rejects a new source named after a file if there is a source with nearly the same name. Throws `invalid-request`. */
export async function checkNewSource(db: DbReader, id: string, file: string): Promise<void> {
  const known = await sourceIds(db)
  if (known.includes(id)) return
  const base = id.replace(COPY_SUFFIXES, '')
  const similar = known.filter((one) => one.replace(COPY_SUFFIXES, '') === base)
  if (similar.length === 0) return
  const text =
    `"${file}" would become a new source "${id}", but there is "${similar.join('", "')}" already. ` +
    `Add --source ${similar[0]} to update that one, or --source ${id} to create a new one.`
  throw new DomainError('invalid-request', text)
}
