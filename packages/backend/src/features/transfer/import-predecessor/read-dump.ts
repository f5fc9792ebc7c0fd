import { openFeedFile, textOf } from '@kickstand/ingest'
import {
  predecessorTable,
  type PredecessorRow,
  type PredecessorSource,
  type PredecessorTable,
} from './predecessor-source.ts'
import { createSqlDump, type DumpRow } from './sql-dump.ts'

/**
 * Reads the predecessor's tables from a mysqldump file, packed or not. Each table is a pass over the file; nothing is
 * held in memory.
 */
export async function openDump(path: string): Promise<PredecessorSource> {
  const file = await openFeedFile(path)
  const unknownTables = new Set<string>()

  async function* rows(table: PredecessorTable): AsyncGenerator<PredecessorRow> {
    const dump = createSqlDump()
    let number = 0
    for await (const text of textOf(file, 'utf-8')) {
      for (const row of dump.push(text)) {
        const found = predecessorTable(row.table)
        if (found === null) unknownTables.add(row.table)
        if (found !== table) continue
        number += 1
        yield toRow(row, `${row.table} row ${number}`)
      }
    }
    const fault = dump.end()
    if (fault !== null) yield { where: file.name, fault: `the file ${fault}`, broken: true }
  }

  return { label: file.name, rows, unknownTables: () => [...unknownTables] }
}

function toRow({ columns, values }: DumpRow, where: string): PredecessorRow {
  if (columns === null) return { where, fault: 'its columns have no names: make the dump with CREATE TABLE statements' }
  if (columns.length !== values.length)
    return { where, fault: `has ${values.length} values for ${columns.length} columns` }
  return { where, fields: Object.fromEntries(columns.map((name, at) => [name, values[at]])) }
}
