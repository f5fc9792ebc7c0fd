import { DomainError } from '@kickstand/domain'
import type { Engine } from '#db/engine.ts'
import type { Append, EventLog } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { fingerprint } from '#platform/ids.ts'
import { findWrite, insertWrite } from '#features/moderation/contributions/contribution-store.ts'

/** The rider of a write. `network`: see `NetworkOf`. */
export type Writer = { readonly riderId: string; readonly network: string | null }

export type Written<T> = { readonly body: T; readonly replayed: boolean }

export type IdempotentWriteDeps = { readonly eventLog: EventLog; readonly clock: Clock; readonly engine: Engine }

/**
 * Runs `work` in one transaction that also stores its result under the rider's key. A repeated request gets the stored
 * result, also after a crash. Keys of different riders are independent. `payload` must be the same for every use of a
 * key. Throws `idempotency-mismatch`.
 */
export async function writeIdempotently<T>(
  { eventLog, clock, engine }: IdempotentWriteDeps,
  { riderId }: Writer,
  key: string | null,
  payload: string,
  work: (tx: Tx, append: Append) => Promise<T>,
): Promise<Written<T>> {
  const own = key === null ? null : fingerprint(`contribution ${riderId}\n${key}`)
  const payloadHash = fingerprint(payload)
  for (let tried = 1; ; tried += 1) {
    try {
      return await eventLog.commit(async (tx, append) => {
        if (own === null) return { body: await work(tx, append), replayed: false }
        const earlier = await findWrite(tx, own)
        if (earlier !== undefined) {
          // A second check: a stored result is returned only to its rider, even if two keys collide.
          if (earlier.payload_hash !== payloadHash || earlier.rider_id !== riderId) throw mismatch()
          return { body: JSON.parse(earlier.answer) as T, replayed: true }
        }
        const body = await work(tx, append)
        const answer = JSON.stringify(body)
        await insertWrite(tx, { id: own, rider_id: riderId, payload_hash: payloadHash, answer, received_at: clock() })
        return { body, replayed: false }
      })
    } catch (error) {
      // Another server stored the key between our read and our insert: the next attempt finds it.
      if (!engine.isDuplicate(error) || tried === 3) throw error
    }
  }
}

function mismatch(): DomainError {
  return new DomainError(
    'idempotency-mismatch',
    'This Idempotency-Key was already used with another request. Use a new key for each request.',
  )
}
