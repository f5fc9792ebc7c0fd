import { DomainError } from '@kickstand/domain'

const ENGINES = ['sqlite', 'mariadb'] as const
export type EngineName = (typeof ENGINES)[number]

/** The database engine to measure, SQLite by default. Throws `invalid-request` for unknown names. */
export function readEngine(name: string = ENGINES[0]): EngineName {
  const engine = ENGINES.find((one) => one === name)
  if (engine === undefined) {
    throw new DomainError(
      'invalid-request',
      `${name} is not a database that can be measured. Expected ${ENGINES.join(' or ')}.`,
    )
  }
  return engine
}
