import { sleep } from '#platform/sleep.ts'
import type { Engine } from './engine.ts'
import type { Db, Tx } from './schema.ts'

const MAX_ATTEMPTS = 6
const BACKOFF_MS = 10

/**
 * Runs a transaction that appends no event, and runs it again where the engine ended it because of another one: nothing of
 * it was stored then. A lost connection is not retried, since the commit may have happened.
 */
export async function runTransaction<T>(
  { db, engine }: { readonly db: Db; readonly engine: Engine },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !engine.isRetryable(error) || engine.isConnectionLost(error)) throw error
      await sleep(BACKOFF_MS * 2 ** attempt)
    }
  }
}
