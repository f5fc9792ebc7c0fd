import type { Engine } from '#db/engine.ts'
import type { Append, EventLog } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { fingerprint } from '#platform/ids.ts'
import { findKey, insertKey } from './key-store.ts'
import { requireSameWrite, type ScopedKey } from './scoped-key.ts'

const MAX_ATTEMPTS = 3

/** The answer to a write. `replayed`: an earlier request with the same key had the effect. */
export type Written<T> = { readonly body: T; readonly replayed: boolean }

export type IdempotentWriteDeps = { readonly eventLog: EventLog; readonly clock: Clock; readonly engine: Engine }

export type Write<T> = {
  readonly key: ScopedKey | null
  /** The same for every use of a key. */
  readonly payload: string
  /** Locks that must be taken before anything is read in the transaction. */
  readonly lock?: (tx: Tx) => Promise<void>
  /** Has the effect and returns the answer, as JSON can hold it. May run more than once and must keep no state. */
  readonly work: (tx: Tx, append: Append) => Promise<T>
}

/**
 * Runs a write in one transaction that also stores its answer under its key. A repeated request gets the stored answer,
 * also after a crash and from another server. Throws `idempotency-mismatch`, and the errors of `work`, which store
 * nothing.
 */
export async function writeIdempotently<T>(
  { eventLog, clock, engine }: IdempotentWriteDeps,
  { key, payload, lock, work }: Write<T>,
): Promise<Written<T>> {
  const payloadHash = fingerprint(payload)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await eventLog.commit(async (tx, append) => {
        await lock?.(tx)
        if (key === null) return { body: await work(tx, append), replayed: false }
        const stored = await findKey(tx, key)
        if (stored !== undefined) {
          requireSameWrite(
            { principal: stored.principal, payloadHash: stored.payload_hash },
            key.principal,
            payloadHash,
          )
          return { body: JSON.parse(stored.answer) as T, replayed: true }
        }
        const body = await work(tx, append)
        const answer = JSON.stringify(body)
        await insertKey(tx, { ...key, payload_hash: payloadHash, answer, received_at: clock() })
        return { body, replayed: false }
      })
    } catch (error) {
      // Another server stored the key, or a row of `work`, between our read and our insert: the next attempt finds it.
      if (!engine.isDuplicate(error) || attempt === MAX_ATTEMPTS) throw error
    }
  }
}
