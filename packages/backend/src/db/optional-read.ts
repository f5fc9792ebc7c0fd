import { DomainError } from '@kickstand/domain'
import { createPatience } from '#platform/patience.ts'
import { isPassing, type Engine } from './engine.ts'

/** Nobody waits longer at a kerb for what an answer can do without. */
const WITHIN_MS = 3_000

/** Reads what an answer can do without: null while the database is away, broken or does not answer in time. */
export type OptionalRead = <T>(read: () => Promise<T>) => Promise<T | null>

/** Waits `withinMs` at most; while the database stands still, one request at a time waits for it. */
export function createOptionalRead(engine: Engine, withinMs = WITHIN_MS): OptionalRead {
  const patience = createPatience(withinMs)
  return async (read) => {
    try {
      return await patience(read)
    } catch (error) {
      if (isAway(engine, error)) return null
      throw error
    }
  }
}

function isAway(engine: Engine, error: unknown): boolean {
  // More wait for a connection than may: so it is after a minute without the database.
  if (error instanceof DomainError) return error.code === 'overloaded'
  return isPassing(engine, error) || engine.isUnreadable(error)
}
