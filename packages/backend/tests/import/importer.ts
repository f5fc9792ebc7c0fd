import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AN_ACTOR, fakeClock, type FakeClock } from '@kickstand/testkit'
import type { TestEngine } from '@kickstand/testkit/engines'
import { createEventLog } from '#db/event-log.ts'
import { type Database, openDatabase } from '#db/open-database.ts'
import type { Row } from '#db/schema.ts'
import { newId } from '#platform/ids.ts'
import { sleep } from '#platform/sleep.ts'
import { type FileInput, type FileReport, importFile } from '#features/zones/import-file.ts'
import { type ImportDeps } from '#features/zones/import-snapshot.ts'

const PROFILES = path.resolve(import.meta.dirname, '../../../../feeds')

/** An empty database for imports, with access to the result. */
export type Importer = {
  readonly deps: ImportDeps
  readonly database: Database
  readonly clock: FakeClock
  /** Imports a file, one hour after the previous one. */
  file(file: string, options?: Partial<FileInput>): Promise<FileReport>
  /** Imports a text as if it were a file of this name. */
  text(name: string, content: string | Buffer, options?: Partial<FileInput>): Promise<FileReport>
  zones(): Promise<Row<'zones'>[]>
  /** Every table but the events, as text: equal if nothing changed. */
  dump(): Promise<string>
  events(): Promise<number>
  close(): Promise<void>
}

export async function openImporter(engine: TestEngine): Promise<Importer> {
  const { url, dispose } = await engine.open()
  const clock = fakeClock()
  const database = await openDatabase(url, clock.now)
  const { db } = database
  const deps = { db, eventLog: createEventLog(database, clock.now, newId(), sleep), clock: clock.now, actor: AN_ACTOR }
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-import-'))

  async function file(name: string, options: Partial<FileInput> = {}): Promise<FileReport> {
    clock.advance(3_600_000)
    return importFile(deps, {
      file: name,
      profile: null,
      sourceId: null,
      supply: 'motorcycle',
      profiles: PROFILES,
      ...options,
    })
  }
  return {
    deps,
    database,
    clock,
    file,
    async text(name, content, options) {
      await writeFile(path.join(folder, name), content)
      return file(path.join(folder, name), options)
    },
    zones: () => db.selectFrom('zones').selectAll().orderBy('id').execute(),
    async dump() {
      const zones = await db.selectFrom('zones').selectAll().orderBy('id').execute()
      const origins = await db.selectFrom('zone_sources').selectAll().orderBy('ref').execute()
      const sources = await db.selectFrom('sources').select(['id', 'name', 'zones', 'spaces']).orderBy('id').execute()
      return JSON.stringify({ zones, origins, sources })
    },
    async events() {
      return (await db.selectFrom('events').select('seq').where('type', '=', 'zones').execute()).length
    },
    async close() {
      await database.close()
      await dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
