import { fileURLToPath } from 'node:url'
import {
  createEventLog,
  tuneV8Heap,
  newId,
  openDatabase,
  sleep,
  systemClock,
  type Database,
  type EventLog,
} from '@kickstand/backend'
import { parseConfig, readEnv, type Config } from '@kickstand/backend/config'

/** The project's folder: `.env` and relative paths are taken from it, wherever the command is called. */
export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** `over`: settings by their names that a command was given beside them. */
export function loadConfig(over: Readonly<Record<string, string>> = {}): Config {
  return parseConfig({ ...readEnv(projectRoot), ...over }, projectRoot)
}

/** The parts that a command needs which works on the database without serving. */
export type Service = { readonly config: Config; readonly database: Database; readonly eventLog: EventLog }

/** Opens the configured database for `work` and closes it behind it, whatever happens. */
export async function withService<T>(work: (service: Service) => Promise<T>): Promise<T> {
  tuneV8Heap()
  const config = loadConfig()
  const database = await openDatabase(config.databaseUrl, systemClock, { patient: true })
  try {
    return await work({ config, database, eventLog: createEventLog(database, systemClock, newId(), sleep) })
  } finally {
    await database.close()
  }
}
