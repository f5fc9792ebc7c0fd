import type { Failure } from '@kickstand/client'

/** What an outbox sends: a report or a contribution. `zoneId` is empty for a missing place. */
export type OutboxInput = { readonly zoneId: string }

/**
 * An entry of the outbox. It keeps its idempotency key and stays until the server has answered. `undo` marks an entry
 * that is to be undone. Times are epoch milliseconds by the server's clock.
 */
export type OutboxItem<I extends OutboxInput> = {
  readonly key: string
  readonly input: I
  readonly madeAt: number
  readonly attempts: number
  readonly nextAt: number
  readonly undo: boolean
  /** The server's id; null until the server has answered. */
  readonly reportId: string | null
}

const FIRST_RETRY_MS = 2_000
const MAX_RETRY_MS = 5 * 60_000
/** An entry older than this is dropped: it no longer says anything about the street. */
const MAX_ENTRY_AGE_MS = 24 * 3_600_000

/** Milliseconds until the next attempt after this many failures. At least the server's `Retry-After`. */
export function retryDelay(attempts: number, retryAfterSeconds: number | null): number {
  const own = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1))
  return Math.max(own, (retryAfterSeconds ?? 0) * 1000)
}

export type Verdict = 'retry' | 'delivered' | 'rejected'

/** Classifies a failed attempt to send. */
export function classifyFailure(failure: Failure, item: Pick<OutboxItem<OutboxInput>, 'madeAt'>, now: number): Verdict {
  if (failure.kind === 'unreachable') return now - item.madeAt > MAX_ENTRY_AGE_MS ? 'rejected' : 'retry'
  const { status, code } = failure.problem
  // The first attempt arrived without `late`, and its answer was lost.
  if (code === 'idempotency-mismatch') return 'delivered'
  if (code === 'idempotency-in-flight' || status === 429 || status >= 500) return 'retry'
  return 'rejected'
}

/** Classifies a failed attempt to undo. An entry that no longer exists counts as undone. */
export function classifyUndoFailure(failure: Failure): Verdict {
  if (failure.kind === 'unreachable') return 'retry'
  const { status } = failure.problem
  if (status === 404 || status === 410) return 'delivered'
  return status === 429 || status >= 500 ? 'retry' : 'rejected'
}

/** Parses a stored entry; null if it is invalid. */
export function parseItem<I extends OutboxInput>(text: string | null): OutboxItem<I> | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isItem<I>(value) ? value : null
  } catch {
    return null
  }
}

function isItem<I extends OutboxInput>(value: unknown): value is OutboxItem<I> {
  if (typeof value !== 'object' || value === null) return false
  const item = value as Record<string, unknown>
  const input = item['input'] as Record<string, unknown> | null | undefined
  return (
    typeof item['key'] === 'string' &&
    typeof item['madeAt'] === 'number' &&
    typeof item['attempts'] === 'number' &&
    typeof item['nextAt'] === 'number' &&
    typeof item['undo'] === 'boolean' &&
    (item['reportId'] === null || typeof item['reportId'] === 'string') &&
    typeof input === 'object' &&
    typeof input?.['zoneId'] === 'string'
  )
}
