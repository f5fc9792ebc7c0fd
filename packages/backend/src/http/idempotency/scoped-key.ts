import { DomainError } from '@kickstand/domain'
import { fingerprint } from '#platform/ids.ts'

/**
 * Whose writes a key is for. A key of one namespace is unknown in all others. `contributions` are all contributions of
 * riders, with their photos.
 */
export type Namespace = 'reports' | 'contributions' | 'readings'

/** The Idempotency-Key of one principal: the same text of another principal, or for other writes, is another key. */
export type ScopedKey = {
  readonly namespace: Namespace
  /** The id of the rider or of the feed key that sent it. */
  readonly principal: string
  /** A hash of the key and its principal, as stored. */
  readonly id: string
}

/** Precedes the principal in the hash. Never change one: keys that are stored would no longer be found. */
const PREFIX: Record<Namespace, string> = { reports: '', contributions: 'contribution ', readings: '' }

/** The key of a principal; null where the request has none. */
export function scopeKey(namespace: Namespace, principal: string, key: string | null): ScopedKey | null {
  if (key === null) return null
  return { namespace, principal, id: fingerprint(`${PREFIX[namespace]}${principal}\n${key}`) }
}

/** What is stored of a write: who sent it, and the fingerprint of its payload. */
export type StoredWrite = {
  /** Null where it was stored before principals were. */
  readonly principal: string | null
  readonly payloadHash: string
}

/**
 * To be called before a stored answer is sent again. Throws `idempotency-mismatch` for another payload, and for another
 * principal: a stored answer is for the one who sent the write, even if two keys collide.
 */
export function requireSameWrite(stored: StoredWrite, principal: string, payloadHash: string): void {
  if (stored.payloadHash === payloadHash && (stored.principal === null || stored.principal === principal)) return
  throw new DomainError(
    'idempotency-mismatch',
    'This Idempotency-Key was already used with another request. Use a new key for each request.',
  )
}
