import { DomainError } from '@kickstand/domain'
import type { ScopedKey } from './scoped-key.ts'

/** The keys of the requests that this process is answering. */
export type InFlight = {
  /**
   * Runs `work`. Throws `idempotency-in-flight` while another request with the key is in progress, also for another
   * payload: until it ends, it is unknown which payload the key belongs to.
   */
  run<T>(key: ScopedKey | null, work: () => Promise<T>): Promise<T>
}

/** No request is in progress yet. */
export function createInFlight(): InFlight {
  const keys = new Set<string>()
  return {
    async run(key, work) {
      if (key === null) return work()
      const name = `${key.namespace} ${key.id}`
      if (keys.has(name)) {
        throw new DomainError(
          'idempotency-in-flight',
          'The first request with this Idempotency-Key is still in progress. Send it again in a second.',
        )
      }
      keys.add(name)
      try {
        return await work()
      } finally {
        keys.delete(name)
      }
    },
  }
}
