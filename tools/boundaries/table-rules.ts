import type { Boundaries, Violation } from './boundaries.ts'
import { isTest, matches } from './files.ts'
import { folderOf } from './folders.ts'
import type { Source } from './read-source.ts'

type Query = { readonly folder: string; readonly owner: string; readonly table: string; readonly line: number }

/** Queries on tables of other folders, in files that `sql.everyTable` does not list. */
export function findTableViolations(rules: Boundaries, source: Source): Violation[] {
  if (Object.keys(rules.sql.everyTable).some((glob) => matches(source.file, glob))) return []
  return foreignQueries(rules, source).map(({ folder, owner, table, line }) => ({
    file: source.file,
    line,
    message: `${folder}/ queries “${table}”, a table of ${owner}/: call a function that ${owner}/ exports`,
  }))
}

/** Entries of `sql.everyTable` without a file that needs them: the list only shrinks. */
export function findUnusedExemptions(rules: Boundaries, sources: readonly Source[]): string[] {
  const needed = sources.filter((source) => foreignQueries(rules, source).length > 0).map(({ file }) => file)
  return Object.keys(rules.sql.everyTable)
    .filter((glob) => !needed.some((file) => matches(file, glob)))
    .map((glob) => `sql.everyTable: no file of ${glob} queries a table of another folder. Remove the entry`)
}

/** A table of the schema, and the folder that describes it. */
export type DeclaredTable = { readonly name: string; readonly folder: string }

/** Tables without exactly one owner, tables described outside of their owner, and owned tables that nobody describes. */
export function findOwnerFaults({ tables }: Boundaries, schema: readonly DeclaredTable[]): string[] {
  const owned = Object.entries(tables).flatMap(([folder, names]) => names.map((name) => ({ folder, name })))
  const faults = schema.flatMap(({ name, folder }) => {
    const owners = owned.filter((one) => one.name === name).map((one) => one.folder)
    if (owners.length === 0) return [`tables: “${name}” has no owner`]
    if (owners.length > 1) return [`tables: “${name}” has several owners: ${owners.join(', ')}`]
    return owners[0] === folder ? [] : [`tables: “${name}” of ${owners[0]}/ is described in ${folder}/`]
  })
  const absent = owned.filter(({ name }) => !schema.some((one) => one.name === name))
  return [...faults, ...absent.map(({ folder, name }) => `tables: “${name}” of ${folder}/ is not in the schema`)]
}

function foreignQueries(rules: Boundaries, { file, queries }: Source): Query[] {
  if (isTest(file) || !/^(packages|apps)\//.test(file)) return []
  const folder = folderOf(rules, file)
  const found = new Map<string, Query>()
  for (const { table, line } of queries) {
    const owner = ownerOf(rules, table)
    if (owner !== null && owner !== folder) found.set(`${line} ${table}`, { folder, owner, table, line })
  }
  return [...found.values()]
}

function ownerOf({ tables }: Boundaries, table: string): string | null {
  return Object.entries(tables).find(([, names]) => names.includes(table))?.[0] ?? null
}
