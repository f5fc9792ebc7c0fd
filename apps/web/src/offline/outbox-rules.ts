import type { Failure } from '../api/http.ts'

/** What an outbox sends, a report or a fact: of one zone, or of none yet. */
export type OutboxInput = { readonly zoneId: string }

/**
 * One thing on its way. It stays in the outbox, under one key for ever, until the server has answered for it; taking it
 * back is the same entry with `undo` set. Times are epoch milliseconds by the server's clock.
 */
export type OutboxItem<I extends OutboxInput> = {
  readonly key: string
  readonly input: I
  readonly madeAt: number
  readonly attempts: number
  readonly nextAt: number
  readonly undo: boolean
  /** The server's id of it once it is there. */
  readonly reportId: string | null
}

const FIRST_WAIT_MS = 2_000
const LAST_WAIT_MS = 5 * 60_000
/** What could not be delivered in this time says nothing about a street any more. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000

/** When to try again after this many failed attempts. A server that named a wait is obeyed. */
export function waitAfter(attempts: number, retryAfterSeconds: number | null): number {
  const own = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1))
  return Math.max(own, (retryAfterSeconds ?? 0) * 1000)
}

export type Verdict = 'again' | 'delivered' | 'refused'

/** What a failed attempt means. */
export function settle(failure: Failure, item: Pick<OutboxItem<OutboxInput>, 'madeAt'>, now: number): Verdict {
  if (failure.kind === 'unreachable') return now - item.madeAt > GIVE_UP_AFTER_MS ? 'refused' : 'again'
  const { status, code } = failure.problem
  // The first attempt had arrived without `late`; its answer was lost on the way.
  if (code === 'idempotency-mismatch') return 'delivered'
  if (code === 'idempotency-in-flight' || status === 429 || status >= 500) return 'again'
  return 'refused'
}

/** What a failed attempt to take something back means: gone already is as good as taken back. */
export function settleUndo(failure: Failure): Verdict {
  if (failure.kind === 'unreachable') return 'again'
  const { status } = failure.problem
  if (status === 404 || status === 410) return 'delivered'
  return status === 429 || status >= 500 ? 'again' : 'refused'
}

/** Parses a stored entry; null where it is not one. */
export function parseItem<I extends OutboxInput>(text: string | null): OutboxItem<I> | null {
  const value = parsed(text)
  return isItem<I>(value) ? value : null
}

/** Parses an outbox that was stored as a list. Invalid entries are dropped. */
export function parseOutbox<I extends OutboxInput>(text: string | null): OutboxItem<I>[] {
  const items = parsed(text)
  return Array.isArray(items) ? items.filter(isItem<I>) : []
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
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
