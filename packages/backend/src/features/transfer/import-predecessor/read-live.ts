import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import { connectDatabase, explainError } from '#db/open-database.ts'
import {
  predecessorTable,
  type PredecessorRow,
  type PredecessorSource,
  type PredecessorTable,
} from './predecessor-source.ts'

const PAGE = 1000

/** Reads the predecessor's running database in the order of its keys. Call `close` at the end. */
export async function openLive(address: string): Promise<PredecessorSource & { close(): Promise<void> }> {
  const { db, engine, close } = connectDatabase(address)
  const names = await db.introspection.getTables().then(
    (tables) => tables.filter(({ isView }) => !isView).map(({ name }) => name),
    async (error: unknown) => {
      await close().catch(() => undefined)
      throw explainError(engine, error)
    },
  )
  const unknownTables = names.filter((name) => predecessorTable(name) === null)

  async function* rows(table: PredecessorTable): AsyncGenerator<PredecessorRow> {
    const name = names.find((one) => predecessorTable(one) === table)
    if (name === undefined) return
    const [key, ...more] = await engine.keyOf(db, name)
    if (key === undefined || more.length > 0) {
      throw new DomainError('invalid-request', `${name} has no primary key of a single column. Import a dump instead.`)
    }
    let number = 0
    for (let after: unknown = null; ;) {
      const where = after === null ? sql`` : sql`where ${sql.ref(key)} > ${after}`
      const { rows: page } = await sql<Record<string, unknown>>`
        select * from ${sql.table(name)} ${where} order by ${sql.ref(key)} limit ${sql.lit(PAGE)}`.execute(db)
      for (const fields of page) yield { where: `${name} row ${(number += 1)}`, fields }
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return
      after = last[key]
    }
  }

  return { label: engine.label, rows, unknownTables: () => unknownTables, close }
}
