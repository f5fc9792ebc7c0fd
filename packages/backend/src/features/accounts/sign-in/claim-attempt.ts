import { DomainError, GUESS_LIMITS, isForgotten, waitMs, type GuessScope } from '@kickstand/domain'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey } from '#platform/ids.ts'
import { callerOf, prefixOf } from '#platform/network.ts'
import { hasSessionFrom } from '../sessions/session-store.ts'
import {
  countFailureBelow,
  deleteFailures,
  insertFailure,
  readFailures,
  replaceFailures,
  takeBackFailure,
} from './failure-store.ts'

export type AttemptDeps = { readonly db: Db; readonly engine: Engine; readonly clock: Clock }

/** `accountId`: null if no account has this e-mail address. `address`: IP address of the client. */
export type Attempted = { readonly email: string; readonly accountId: string | null; readonly address: string }

/** A failure that was counted in advance. `lastAt`: time of the previous failure if the next attempt has to wait. */
type Claim = { readonly scope: GuessScope; readonly subject: string; readonly lastAt: number | null }
export type Attempt = readonly Claim[]

const MAX_TRIES = 3
const CONTENDED_MS = 1000

/**
 * Counts an attempt as a failure before its password is verified, so that simultaneous attempts cannot exceed the limits. If
 * the attempt succeeds, take the failure back. Throws `rate-limited`, without counting, if the next attempt has to wait.
 */
export async function claimAttempt(deps: AttemptDeps, attempted: Attempted): Promise<Attempt> {
  const { email, accountId, address } = attempted
  const network = prefixOf(address) ?? callerOf(address)
  // Failed attempts of others must not lock out a person who has a session from the same network.
  const isKnown = await hasSessionFrom(deps.db, accountId ?? '', prefixOf(address) ?? '')
  const subjects: [GuessScope, string][] = [
    ['pair', `${email}\n${network}`],
    ['network', network],
  ]
  if (!isKnown) subjects.push(['account', email], ['all', ''])
  return runTransaction(deps, async (tx) => {
    const claims: Claim[] = []
    for (const [scope, of] of subjects) claims.push(await claim(tx, deps, scope, hashOfKey(`${scope}\n${of}`)))
    return claims
  })
}

async function claim(tx: Tx, { engine, clock }: AttemptDeps, scope: GuessScope, subject: string): Promise<Claim> {
  const limit = GUESS_LIMITS[scope]
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const now = clock()
    const claimed: Claim = { scope, subject, lastAt: null }
    const fresh = { failures: 1, since: now, last_at: now }
    if (await countFailureBelow(tx, subject, { below: limit.free, since: now - limit.forgetMs, now })) return claimed
    const row = await readFailures(tx, subject)
    if (row === undefined) {
      if (await insertFailure(tx, engine, subject, now)) return claimed
    } else if (isForgotten(limit, { failures: row.failures, lastAt: row.last_at }, now)) {
      if (await replaceFailures(tx, row, fresh)) return claimed
    } else if (row.failures >= limit.free) {
      const wait = waitMs(limit, { failures: row.failures, lastAt: row.last_at }, now)
      if (wait > 0) throw tooManyFailures(wait)
      // If several requests waited for this moment, only one of them may try.
      if (await replaceFailures(tx, row, { failures: row.failures + 1, last_at: now }))
        return { ...claimed, lastAt: row.last_at }
      throw tooManyFailures(waitMs(limit, { failures: row.failures + 1, lastAt: now }, now))
    }
  }
  throw tooManyFailures(CONTENDED_MS)
}

/** Takes back an attempt that was not a failure. `isSuccess`: also resets the earlier failures of this account and network. */
export async function takeBackAttempt(
  tx: Tx,
  attempt: Attempt,
  { isSuccess }: { readonly isSuccess: boolean },
): Promise<void> {
  for (const { scope, subject, lastAt } of attempt) {
    if (scope === 'pair' && isSuccess) await deleteFailures(tx, subject)
    else await takeBackFailure(tx, subject, lastAt)
  }
}

function tooManyFailures(wait: number): DomainError {
  const retryAfterSeconds = Math.ceil(wait / 1000)
  const text = `There were too many failed attempts to sign in. Wait ${retryAfterSeconds} s, or sign in with a passkey.`
  return new DomainError('rate-limited', text, [], undefined, { retryAfterSeconds })
}
