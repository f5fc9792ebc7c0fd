import { DomainError } from '@kickstand/domain'

const ENGINES = ['sqlite', 'mariadb'] as const
export type EngineName = (typeof ENGINES)[number]

/** The database to measure, the embedded one where none is named. Throws `invalid-request` for another. */
export function readEngine(name: string = ENGINES[0]): EngineName {
  const engine = ENGINES.find((one) => one === name)
  if (engine === undefined) {
    throw new DomainError('invalid-request', `${name} is no database to measure; expected ${ENGINES.join(' or ')}.`)
  }
  return engine
}
