import { readFile } from 'node:fs/promises'
import { DomainError } from '@kickstand/domain'
import { fieldsOf, isFields } from '@kickstand/ingest'
import {
  predecessorTable,
  type PredecessorRow,
  type PredecessorSource,
  type PredecessorTable,
} from './predecessor-source.ts'

/**
 * Reads a Firestore export in JSON: collections by name, each a list of documents or an object of documents by id.
 * Wrappers named `__collections__`, and `data` in a document, are supported. The file is held in memory.
 */
export async function openFirestore(path: string): Promise<PredecessorSource> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const root = fieldsOf(await parseFile(path, name))
  const collections = isFields(root['__collections__']) ? root['__collections__'] : root
  const unknownTables = Object.keys(collections).filter((key) => predecessorTable(key) === null)

  async function* rows(table: PredecessorTable): AsyncGenerator<PredecessorRow> {
    for (const [key, documents] of Object.entries(collections)) {
      if (predecessorTable(key) !== table) continue
      const isList = Array.isArray(documents)
      for (const [id, value] of Object.entries(documents ?? {})) {
        if (!isFields(value)) yield { where: `${key}/${id}`, fault: 'is not a document' }
        else {
          const fields = isFields(value['data']) ? { ...value, ...value['data'], data: undefined } : value
          yield { where: `${key}/${id}`, fields: isList ? fields : { id, ...fields } }
        }
      }
    }
  }

  return { label: name, rows, unknownTables: () => unknownTables }
}

async function parseFile(path: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DomainError('unreadable-file', `${name} is not a Firestore export in JSON: ${reason}.`, [], error)
  }
}
