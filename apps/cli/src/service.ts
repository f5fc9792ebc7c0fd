import { fileURLToPath } from 'node:url'
import {
  createEventLog,
  tuneV8Heap,
  newId,
  openDatabase,
  recordMigration,
  sealEntries,
  sleep,
  systemClock,
  type Database,
  type EventLog,
} from '@kickstand/backend'
import { parseConfig, readEnv, type Config } from '@kickstand/backend/config'
import { commandActor } from '#actor.ts'

/** The project's folder. `.env` and relative paths in settings are resolved from it, not from the working directory. */
export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** `overrides`: settings by name that take precedence over the environment. */
export function loadConfig(overrides: Readonly<Record<string, string>> = {}): Config {
  return parseConfig({ ...readEnv(projectRoot), ...overrides }, projectRoot)
}

/** What commands need that work on the database without starting a server. */
export type Service = { readonly config: Config; readonly database: Database; readonly eventLog: EventLog }

/** Runs `work` with the configured database and closes it afterwards. */
export async function withService<T>(work: (service: Service) => Promise<T>): Promise<T> {
  tuneV8Heap()
  const config = loadConfig()
  const database = await openDatabase(config.databaseUrl, systemClock, { noTimeout: true })
  try {
    await recordMigration(database, { clock: systemClock, actor: commandActor() })
    const result = await work({ config, database, eventLog: createEventLog(database, systemClock, newId(), sleep) })
    await sealEntries(database)
    return result
  } finally {
    await database.close()
  }
}
