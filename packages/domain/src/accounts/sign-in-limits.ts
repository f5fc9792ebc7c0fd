const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/**
 * A limit of failed sign-ins. The first `free` failures have no effect. After each further failure the next attempt has to
 * wait: first `delayMs`, then twice as long each time, up to `maxDelayMs`. After `forgetMs` without a failure the count is
 * reset.
 */
export type GuessLimit = {
  readonly free: number
  readonly delayMs: number
  readonly maxDelayMs: number
  readonly forgetMs: number
}

/**
 * The limits of guesses. `pair`: one account from one network. `account`: one account from all networks together; its delay
 * is short, because otherwise failed attempts of others could lock the person out. `network`: one network, all accounts.
 * `all`: the whole installation.
 */
export const GUESS_LIMITS = {
  pair: { free: 5, delayMs: 30 * SECOND_MS, maxDelayMs: 15 * MINUTE_MS, forgetMs: 24 * HOUR_MS },
  account: { free: 20, delayMs: 15 * SECOND_MS, maxDelayMs: 5 * MINUTE_MS, forgetMs: 24 * HOUR_MS },
  network: { free: 60, delayMs: 10 * SECOND_MS, maxDelayMs: 5 * MINUTE_MS, forgetMs: HOUR_MS },
  all: { free: 600, delayMs: SECOND_MS, maxDelayMs: 10 * SECOND_MS, forgetMs: 10 * MINUTE_MS },
} as const satisfies Record<string, GuessLimit>

export type GuessScope = keyof typeof GUESS_LIMITS

/** Failures so far. `lastAt`: epoch milliseconds. */
export type Failures = { readonly failures: number; readonly lastAt: number }

/** Whether failures are so old that they no longer count. */
export function isForgotten({ forgetMs }: GuessLimit, { lastAt }: Failures, now: number): boolean {
  return now - lastAt >= forgetMs
}

/** Milliseconds until the next attempt is allowed; 0: now. */
export function waitMs(limit: GuessLimit, failed: Failures, now: number): number {
  const beyond = failed.failures - limit.free
  if (beyond < 0 || isForgotten(limit, failed, now)) return 0
  const delay = Math.min(limit.delayMs * 2 ** beyond, limit.maxDelayMs)
  return Math.max(0, failed.lastAt + delay - now)
}
