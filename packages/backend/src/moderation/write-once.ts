import { DomainError } from '@kickstand/domain'
import type { Engine } from '#db/engine.ts'
import type { Append, EventLog } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { fingerprint } from '#platform/ids.ts'
import { findWrites, insertWrite } from './facts/fact-store.ts'

/** Who writes. `isNew`: the rider was made for this request, since it brought no secret. `network`: see `NetworkOf`. */
export type Writer = { readonly riderId: string; readonly isNew: boolean; readonly network: string | null }

export type Written<T> = { readonly body: T; readonly replayed: boolean }

export type WriteOnceDeps = { readonly eventLog: EventLog; readonly clock: Clock; readonly engine: Engine }

/**
 * Runs `work` in one transaction that also notes the answer under the rider's key: the same again is answered the same, also after
 * the process was killed. `payload` is what must be the same under the key. Throws `idempotency-mismatch`.
 */
export async function writeOnce<T>(
  { eventLog, clock, engine }: WriteOnceDeps,
  { riderId, isNew }: Writer,
  key: string | null,
  payload: string,
  work: (tx: Tx, append: Append) => Promise<T>,
): Promise<Written<T>> {
  // A retry may carry the cookie that the first try was answered with, or not: both find the first.
  const underNew = key === null ? null : fingerprint(`fact new\n${key}`)
  const own = key === null || isNew ? underNew : fingerprint(`fact ${riderId}\n${key}`)
  const payloadHash = fingerprint(payload)
  for (let tried = 1; ; tried += 1) {
    try {
      return await eventLog.commit(async (tx, append) => {
        if (own === null || underNew === null) return { body: await work(tx, append), replayed: false }
        const found = await findWrites(tx, [own, underNew])
        const earlier = found.find(({ id }) => id === own) ?? found.find(({ rider_id }) => rider_id === riderId)
        if (earlier !== undefined) {
          if (earlier.payload_hash !== payloadHash) throw mismatch()
          return { body: JSON.parse(earlier.answer) as T, replayed: true }
        }
        const body = await work(tx, append)
        const answer = JSON.stringify(body)
        await insertWrite(tx, { id: own, rider_id: riderId, payload_hash: payloadHash, answer, received_at: clock() })
        return { body, replayed: false }
      })
    } catch (error) {
      // Another server stored the key between our look and our insert: the next try sees it.
      if (!engine.isDuplicate(error) || tried === 3) throw error
    }
  }
}

function mismatch(): DomainError {
  return new DomainError(
    'idempotency-mismatch',
    'This Idempotency-Key was sent before with something else. Use a fresh key for each thing that you send.',
  )
}
