import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import { connectDatabase, explained } from '#db/open-database.ts'
import { legacyTable, type LegacyRow, type LegacySource, type LegacyTable } from './legacy-source.ts'

const PAGE = 1000

/** The predecessor's database while it runs, read in the order of its keys. Call `close` when all was read. */
export async function openLive(address: string): Promise<LegacySource & { close(): Promise<void> }> {
  const { db, engine, close } = connectDatabase(address)
  const names = await db.introspection.getTables().then(
    (tables) => tables.filter(({ isView }) => !isView).map(({ name }) => name),
    async (error: unknown) => {
      await close().catch(() => undefined)
      throw explained(engine, error)
    },
  )
  const strange = names.filter((name) => legacyTable(name) === null)

  async function* rows(table: LegacyTable): AsyncGenerator<LegacyRow> {
    const name = names.find((one) => legacyTable(one) === table)
    if (name === undefined) return
    const [key, ...more] = await engine.keyOf(db, name)
    if (key === undefined || more.length > 0) {
      throw new DomainError(
        'invalid-request',
        `${name} has no primary key of one column to read it by. Import a dump instead.`,
      )
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

  return { label: engine.label, rows, strange: () => strange, close }
}
