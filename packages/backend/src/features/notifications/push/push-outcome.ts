import type { PushAnswer } from './post-push.ts'

const MINUTE_MS = 60_000
/** Delays between attempts. The last delay repeats until the message expires. */
const RETRY_AFTER_MS = [0.5, 2, 10, 30, 120, 360].map((minutes) => minutes * MINUTE_MS)

/**
 * The outcome of an attempt (RFC 8030 §5, §7.3). `gone`: the browser has ended the subscription. `failed`: the push service
 * rejects the message permanently. `retry`: it may accept the message later.
 */
export type PushOutcome = 'delivered' | 'gone' | 'retry' | 'failed'

export function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'retry' : 'failed'
}

/**
 * When the next attempt may be made, in epoch milliseconds. `attempts`: those made so far, this one included. `Retry-After`
 * (seconds or a date) can make the delay longer but not shorter.
 */
export function nextAttemptAt(attempts: number, answer: PushAnswer | null, now: number): number {
  const backoff = RETRY_AFTER_MS[Math.min(attempts, RETRY_AFTER_MS.length) - 1] ?? MINUTE_MS
  return Math.max(now + backoff, readRetryAfter(answer?.retryAfter ?? null, now))
}

function readRetryAfter(value: string | null, now: number): number {
  if (value === null) return now
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1000
  // `Date.parse` accepts nearly any text as a date.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? now : date
}
