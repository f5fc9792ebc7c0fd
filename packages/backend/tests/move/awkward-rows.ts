import type { Database } from '@kickstand/backend'
import { seededRandom } from '@kickstand/testkit'
import { sql } from 'kysely'

const TEXTS = [
  '',
  ' ',
  '0',
  'null',
  "it's",
  'back\\slash \\n',
  '"quoted"',
  'line\nline\r\n\t',
  '日本語',
  '🏍️ 👩🏽‍🔧',
  'a\u0000b',
  '%_?:$1',
  '-- ;',
]
/** Columns with a unique index. */
const UNIQUE: ReadonlySet<string> = new Set([
  'hash',
  'idempotency',
  'entry_id',
  'email',
  'credential_hash',
  'endpoint_hash',
  'opt_out_hash',
])
const WHOLES = [0, -1, 1, 255, -32_768, 32_767]
const DOUBLES = [
  // Some drivers read this number wrong in the last bit.
  9.760155436814955,
  9.190741238491967,

  0.1 + 0.2,
  1 / 3,
  5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  -1e21,
  1e-7,
  123_456.789e-12,
  37.793_612_345_678_9,
]

type Column = {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

/**
 * Fills every table with values that are easily changed by a copy, by the declared type of each column.
 * The keys of rows share prefixes, so that pages end between rows with the same prefix.
 */
export async function fillAwkwardly({ db }: Database, rows: number): Promise<string[]> {
  const { rows: columns } = await sql<Column>`
    select m.name as "table", c.name, lower(c.type) as type, c."notnull", c.pk
    from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> 'schema_migrations'`.execute(db)
  const tables = Map.groupBy(columns, ({ table }) => table)
  const random = seededRandom(7)
  for (const [table, its] of tables) {
    const last = Math.max(...its.map(({ pk }) => pk))
    await sql`delete from ${sql.table(table)}`.execute(db)
    await db.transaction().execute(async (tx) => {
      for (let n = 0; n < rows; n += 1) {
        const values = its.map((column) =>
          column.pk === 0 ? awkward(column, n, random) : keyPart(column, n, column.pk === last),
        )
        const names = sql.join(its.map(({ name }) => sql.ref(name)))
        await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(values)})`.execute(tx)
      }
    })
  }
  return [...tables.keys()]
}

function keyPart({ type }: Column, n: number, isLast: boolean): string | number {
  const number = isLast ? n : Math.floor(n / 700)
  return type.startsWith('varchar') ? `k🏍${'\u0001'.repeat(number % 2)}${number}` : number * 3 - 100
}

function awkward(
  { name, type, notnull }: Column,
  n: number,
  random: () => number,
): string | number | Uint8Array | null {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  if (notnull === 0 && random() < 0.2) return null
  if (UNIQUE.has(name)) return `only ${n}`
  const length = Number(/varchar\((\d+)\)/.exec(type)?.[1] ?? 0)
  if (length > 0)
    return pick([...TEXTS.filter((text) => text.length <= length), '🏁'.repeat(length), 'x'.repeat(length)])
  if (type === 'text') return pick(TEXTS)
  if (type === 'longtext') return pick([...TEXTS, '🏁'.repeat(random() < 0.02 ? 20_000 : 20)])
  if (type === 'longblob') return Uint8Array.from({ length: pick([0, 1, 256, 3000]) }, () => Math.floor(random() * 256))
  if (type === 'double precision') return pick([...DOUBLES, random() * 1e6, -random()])
  if (type === 'smallint') return pick(WHOLES)
  if (type === 'integer') return pick([...WHOLES, 2 ** 31 - 1, -(2 ** 31)])
  if (type === 'bigint') return pick([...WHOLES, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1_795_000_000_123])
  throw new Error(`no values for ${name} of type ${type}: teach this helper the type`)
}

/** Every row of every table as text, sorted. */
export async function dump({ db }: Database, tables: readonly string[]): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>()
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    all.set(
      table,
      rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted(),
    )
  }
  return all
}
