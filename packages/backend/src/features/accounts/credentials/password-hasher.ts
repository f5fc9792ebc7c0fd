import { hash, parseOptions, verify } from '@node-rs/argon2'
import { normalisePassword } from '@kickstand/domain'
import { createBoundedQueue } from '#platform/bounded-queue.ts'
import { isPredecessorHash, verifyPredecessorPassword } from './predecessor-password.ts'

/** OWASP's parameters for Argon2id, which is the algorithm of the package by default: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const COST_TEXT = `m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`
/** A hash that no password matches, with the same cost. */
const NO_PASSWORD = `$argon2id$v=19$${COST_TEXT}$${'A'.repeat(22)}$${'A'.repeat(43)}`
/** At 40 ms each, the longest wait is about four seconds. */
const MAX_WAITING = 100
/** Hashes run in Node's thread pool, which has four threads. One of them stays free for the file system. */
const MAX_CONCURRENCY = 3

/** Hashes and verifies passwords. All methods reject with `overloaded` if too many calls are waiting. */
export type PasswordHasher = {
  /**
   * Runs a verification together with the database access before it. Only a few run at a time, so that a flood of sign-ins
   * does not reach the database.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** The hash in PHC form. `password`: as `checkPassword` returns it. */
  hash(password: string): Promise<string>
  /**
   * Whether a password matches a hash. Without a hash it returns false after the same time. A hash of the predecessor takes
   * longer, see `holdFailure`.
   */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether a hash comes from the predecessor or has outdated parameters. Such a hash is replaced at the next sign-in. */
  isOutdated(hash: string): boolean
}

/** `cores`: of this machine. If there are several, one is left for requests. */
export function createPasswordHasher(cores: number): PasswordHasher {
  const concurrency = Math.min(Math.max(cores - 1, 1), MAX_CONCURRENCY)
  const queue = createBoundedQueue(concurrency, MAX_WAITING)
  // One more than the number of threads, because one of them uses the database.
  const turns = createBoundedQueue(concurrency + 1, MAX_WAITING)
  return {
    inTurn: (work) => turns.run(work),
    hash: (password) => queue.run(() => hash(password, COST)),
    verify: (known, password) => {
      if (known !== null && isPredecessorHash(known)) return verifyPredecessorPassword(known, password)
      return queue.run(() => verify(known ?? NO_PASSWORD, normalisePassword(password)))
    },
    isOutdated: (known) => isPredecessorHash(known) || !hasCostOfToday(known),
  }
}

function hasCostOfToday(known: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(known)
  return memoryCost === COST.memoryCost && timeCost === COST.timeCost && parallelism === COST.parallelism
}
