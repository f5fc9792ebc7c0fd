import { describe, expect, test } from 'vitest'
import { boundaries } from '../../boundaries.js'
import type { Boundaries } from './boundaries.ts'
import { readSchema } from './read-schema.ts'
import { readSource } from './read-source.ts'
import { findOwnerFaults, findTableViolations, findUnusedExemptions } from './table-rules.ts'

const ROOT = boundaries.backend.root
const STORE = `${ROOT}/plan/a-store.ts`
const RULES: Boundaries = {
  ...boundaries,
  tables: { zones: ['zones', 'sources'], reports: ['reports'], db: ['events'] },
}

function messages(text: string, file = STORE, rules = RULES): string[] {
  return findTableViolations(rules, readSource(file, text)).map(({ message }) => message)
}

describe('a query on the table of another folder', () => {
  test.each([
    "db.selectFrom('zones').selectAll()",
    "db.selectFrom('zones as z').selectAll()",
    "db.selectFrom(['zones', 'mine']).selectAll()",
    "tx.insertInto('zones').values(rows)",
    "tx.replaceInto('zones').values(rows)",
    "tx.updateTable('zones').set({ name })",
    "tx.deleteFrom('zones').where('id', '=', id)",
    "db.selectFrom('mine').innerJoin('zones', 'zones.id', 'mine.zone_id')",
    "db.selectFrom('mine').leftJoin('zones as z', (join) => join.onRef('z.id', '=', 'mine.zone_id'))",
    "db.selectFrom('mine').where(({ exists, selectFrom }) => exists(selectFrom('zones').select('id')))",
    "db.selectFrom((from) => from.selectFrom('zones').select('id').as('inner')).selectAll()",
    "engine.ignoringDuplicates(tx.insertInto('zones').values(rows))",
    "insertRows(tx, 'zones', columns)",
    "const lookup = { table: 'zones', column: 'id', keys }",
    "const insert = { table: 'zones', columns, rows, ignoresDuplicates: false }",
    'sql`select count(*) from zones where id = ${id}`',
    'sql<Row>`select * from mine join "zones" on zones.id = mine.id`',
    'sql`where id in (select zone_id from mine, zones)`',
    'sql`insert ignore into \\`zones\\` (id) values (1)`',
    'sql`update zones set name = null`',
    "sql`select 1 from ${sql.table('zones')}`",
    "sql.raw('delete from zones')",
    "connection.prepare('select id from zones')",
    "connection.prepare('SELECT id FROM zones')",
    'connection.exec(`insert into zones (id) values ${values}`)',
    "for (const table of ['zones', 'mine'] as const) await tx.deleteFrom(table).execute()",
    "const TABLES = ['zones']\nexport const read = (table) => sql`select 1 from ${sql.table(table)}`",
  ])('is rejected: %s', (text) => {
    expect(messages(text)).toEqual(['plan/ queries “zones”, a table of zones/: call a function that zones/ exports'])
  })

  test.each([
    ['of its owner', "db.selectFrom('zones').selectAll()", `${ROOT}/zones/a-store.ts`],
    ['of a test', "db.selectFrom('zones').selectAll()", `${ROOT}/plan/a-store.test.ts`],
    ['of a migration', "db.updateTable('zones').set({ name })", `${ROOT}/db/migrations/0099-a.ts`],
    ['of a table without an owner here', "db.selectFrom('other').selectAll()", STORE],
    ['is a word in a sentence', "const text = 'Select one from zones'; log('zones from zones')", STORE],
    ['is a name elsewhere', "append({ type: 'zones' }); Array.from('zones'); const a = { table: 'zones' }", STORE],
    ['is a column of a known table', "db.selectFrom('mine').select('zones')", STORE],
  ])('is allowed: %s', (_, text, file) => {
    expect(messages(text, file)).toEqual([])
  })

  test('is rejected in the composition and in a command too', () => {
    const text = "db.selectFrom('zones').selectAll()"
    expect(messages(text, `${ROOT}/context.ts`)).toHaveLength(1)
    expect(messages(text, 'apps/cli/src/commands/a.ts')).toHaveLength(1)
  })

  test('is allowed in the files that may query every table, and each of these needs it', () => {
    const everyTable = { [`${ROOT}/plan/**`]: 'reads all', [`${ROOT}/zones/**`]: 'its own', [`${ROOT}/gone/**`]: 'old' }
    const rules = { ...RULES, sql: { ...RULES.sql, everyTable } }
    const text = "db.selectFrom('zones').selectAll()"
    expect(messages(text, STORE, rules)).toEqual([])
    expect(messages(text, `${ROOT}/watches/a-store.ts`, rules)).toHaveLength(1)
    expect(
      findUnusedExemptions(rules, [readSource(STORE, text), readSource(`${ROOT}/zones/a-store.ts`, text)]),
    ).toEqual([expect.stringContaining(`${ROOT}/zones/**`), expect.stringContaining(`${ROOT}/gone/**`)])
  })
})

test('each table of the schema has one owner, which describes it', () => {
  const zones = readSchema("declare module '#db/schema.ts' { interface Schema { zones: A; sources: B; stray: C } }")
  const db = readSchema('export interface Schema { events: { a: string }; alone: C }\ntype Other = { no: A }')
  expect([zones, db]).toEqual([
    ['zones', 'sources', 'stray'],
    ['events', 'alone'],
  ])
  const schema = [...zones.map((name) => ({ name, folder: 'zones' })), ...db.map((name) => ({ name, folder: 'db' }))]
  const rules = { ...RULES, tables: { zones: ['zones', 'sources', 'gone'], db: ['events', 'sources', 'stray'] } }
  expect(findOwnerFaults(rules, schema)).toEqual([
    'tables: “sources” has several owners: zones, db',
    'tables: “stray” of db/ is described in zones/',
    'tables: “alone” has no owner',
    'tables: “gone” of zones/ is not in the schema',
  ])
})
