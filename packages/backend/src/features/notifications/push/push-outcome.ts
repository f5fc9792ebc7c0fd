import type { PushAnswer } from './post-push.ts'

const MINUTE_MS = 60_000
/** Times between attempts; the last one repeats until the message expires. */
const RETRY_AFTER_MS = [0.5, 2, 10, 30, 120, 360].map((minutes) => minutes * MINUTE_MS)

/**
 * What becomes of a message (RFC 8030 §5, §7.3): `gone`, the browser has ended the subscription; `failed`, the push service
 * will never take this message; `retry`, it may take it later.
 */
export type PushOutcome = 'delivered' | 'gone' | 'retry' | 'failed'

export function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'retry' : 'failed'
}

/**
 * When the next attempt may be made, in epoch milliseconds. `attempts`: those made so far, this one included. An answer may
 * ask for more patience (`Retry-After`: seconds or a date), never for less.
 */
export function nextAttemptAt(attempts: number, answer: PushAnswer | null, now: number): number {
  const backoff = RETRY_AFTER_MS[Math.min(attempts, RETRY_AFTER_MS.length) - 1] ?? MINUTE_MS
  return Math.max(now + backoff, readRetryAfter(answer?.retryAfter ?? null, now))
}

function readRetryAfter(value: string | null, now: number): number {
  if (value === null) return now
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1000
  // `Date.parse` takes nearly any text for a date.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? now : date
}
