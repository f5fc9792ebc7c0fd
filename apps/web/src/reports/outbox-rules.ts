import type { ReportInput } from '@kickstand/contract'
import type { Failure } from '../api/http.ts'

/**
 * One report on its way. It stays in the outbox, under one key for ever, until the server has answered for it; taking it
 * back is the same entry with `undo` set. Times are epoch milliseconds by the server's clock.
 */
export type OutboxItem = {
  readonly key: string
  readonly input: ReportInput
  readonly madeAt: number
  readonly attempts: number
  readonly nextAt: number
  readonly undo: boolean
  /** The server's id of the report once it is there. */
  readonly reportId: string | null
}

/** The server takes no report over 30 minutes old unless it is marked late; ours are marked a little before. */
const LATE_AFTER_MS = 25 * 60_000
const FIRST_WAIT_MS = 2_000
const LAST_WAIT_MS = 5 * 60_000
/** What could not be delivered in this time says nothing about a street any more. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000

/**
 * The body to send now. It must not change between two attempts (the server compares it under the key), save that an old
 * report has to own up to its age; `settle` knows what a mismatch then means.
 */
export function bodyOf(item: OutboxItem, now: number): ReportInput {
  return now - item.madeAt > LATE_AFTER_MS ? { ...item.input, late: true } : item.input
}

/** When to try again after this many failed attempts. A server that named a wait is obeyed. */
export function waitAfter(attempts: number, retryAfterSeconds: number | null): number {
  const own = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1))
  return Math.max(own, (retryAfterSeconds ?? 0) * 1000)
}

export type Verdict = 'again' | 'delivered' | 'refused'

/** What a failed attempt means for a report. */
export function settle(failure: Failure, item: OutboxItem, now: number): Verdict {
  if (failure.kind === 'unreachable') return now - item.madeAt > GIVE_UP_AFTER_MS ? 'refused' : 'again'
  const { status, code } = failure.problem
  // The first attempt had arrived without `late`; its answer was lost on the way.
  if (code === 'idempotency-mismatch') return 'delivered'
  if (code === 'idempotency-in-flight' || status === 429 || status >= 500) return 'again'
  return 'refused'
}

/** What a failed attempt to take a report back means: gone already is as good as taken back. */
export function settleUndo(failure: Failure): Verdict {
  if (failure.kind === 'unreachable') return 'again'
  const { status } = failure.problem
  if (status === 404 || status === 410) return 'delivered'
  return status === 429 || status >= 500 ? 'again' : 'refused'
}

/** The entries of a stored outbox; anything foreign or broken is left out. */
export function parseOutbox(text: string | null): OutboxItem[] {
  if (!text) return []
  try {
    const items: unknown = JSON.parse(text)
    return Array.isArray(items) ? items.filter(isItem) : []
  } catch {
    return []
  }
}

function isItem(value: unknown): value is OutboxItem {
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
