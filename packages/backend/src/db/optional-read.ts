import { DomainError } from '@kickstand/domain'
import { createCircuitBreaker } from '#platform/circuit-breaker.ts'
import { isTransient, type Engine } from './engine.ts'

/** Time limit for a read of optional data. */
const TIMEOUT_MS = 3_000

/** Reads optional data of a response: null if the database is unreachable, unreadable or too slow. */
export type OptionalRead = <T>(read: () => Promise<T>) => Promise<T | null>

/** Waits `timeoutMs` at most. While the database does not respond, only one request at a time waits for it. */
export function createOptionalRead(engine: Engine, timeoutMs = TIMEOUT_MS): OptionalRead {
  const breaker = createCircuitBreaker(timeoutMs)
  return async (read) => {
    try {
      return await breaker(read)
    } catch (error) {
      if (isUnavailable(engine, error)) return null
      throw error
    }
  }
}

function isUnavailable(engine: Engine, error: unknown): boolean {
  // The queue for a connection is full, as after a minute without the database.
  if (error instanceof DomainError) return error.code === 'overloaded'
  return isTransient(engine, error) || engine.isUnreadable(error)
}
