import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { openDatabase, systemClock } from '@kickstand/backend'
import { freshDatabase, runStatement } from './mariadb.ts'
import { scratchFolder } from './scratch-folder.ts'

const TEMPLATE = 'ks_template'

/** Makes a migrated database file, of which tests get copies. */
export async function createSqliteTemplate(): Promise<{
  readonly file: string
  readonly remove: () => Promise<void>
}> {
  const folder = await mkdtemp(path.join(scratchFolder(), 'ks-template-'))
  const file = path.join(folder, 'kickstand.db')
  // Closing it moves everything from the write-ahead log into the file.
  await (await openDatabase(`sqlite:${file}`, systemClock)).close()
  return { file, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Makes a migrated database on the server, of which tests get copies. */
export async function createMariadbTemplate(server: string): Promise<void> {
  await runStatement(server, `CREATE DATABASE ${TEMPLATE} CHARACTER SET utf8mb4`)
  await (await openDatabase(`${server}/${TEMPLATE}`, systemClock)).close()
}

/** A new folder with a copy of the file. */
export async function copySqlite(template: string): Promise<string> {
  const folder = await mkdtemp(path.join(scratchFolder(), 'ks-sqlite-'))
  await copyFile(template, path.join(folder, 'kickstand.db'))
  return folder
}

/** A new database with the tables of the template, and the rows that migrations wrote. */
export async function copyMariadb(server: string): ReturnType<typeof freshDatabase> {
  const made = await freshDatabase(server)
  const name = new URL(made.url).pathname.slice(1)
  const tables = await runStatement(
    server,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${TEMPLATE}'`,
  )
  const copies = tables.flatMap(({ name: table }) => [
    `CREATE TABLE ${name}.${String(table)} LIKE ${TEMPLATE}.${String(table)}`,
    `INSERT INTO ${name}.${String(table)} SELECT * FROM ${TEMPLATE}.${String(table)}`,
  ])
  await runStatement(server, ...copies)
  return made
}
