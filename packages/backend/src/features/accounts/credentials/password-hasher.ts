import { hash, parseOptions, verify } from '@node-rs/argon2'
import { normalisePassword } from '@kickstand/domain'
import { createBoundedQueue } from '#platform/bounded-queue.ts'
import { isPredecessorHash, verifyPredecessorPassword } from './predecessor-password.ts'

/** OWASP's parameters for Argon2id, which is the algorithm of the package by default: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const COST_TEXT = `m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`
/** A hash of no password, with the same cost. */
const NO_PASSWORD = `$argon2id$v=19$${COST_TEXT}$${'A'.repeat(22)}$${'A'.repeat(43)}`
/** Longest wait of about four seconds at 40 ms each. */
const MAX_WAITING = 100
/** Hashes run on the pool of Node's file system, which has four threads: one stays free. */
const MAX_CONCURRENCY = 3

/** Hashes passwords. All reject with `overloaded` while too many wait. */
export type PasswordHasher = {
  /**
   * Runs a verification with what it reads and counts before, a few at a time: a flood of sign-ins waits here, and does not
   * reach the database.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** The hash in PHC form. `password`: as `checkPassword` returns it. */
  hash(password: string): Promise<string>
  /**
   * Whether it is the password of a hash. Without a hash, no; it takes the same time. A hash of the predecessor takes longer,
   * see `holdFailure`.
   */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether a hash is one of the predecessor, or has other costs than those of today: it is replaced at the next sign-in. */
  isOutdated(hash: string): boolean
}

/** `cores`: of this machine. One is left to requests, if there is more than one. */
export function createPasswordHasher(cores: number): PasswordHasher {
  const concurrency = Math.min(Math.max(cores - 1, 1), MAX_CONCURRENCY)
  const queue = createBoundedQueue(concurrency, MAX_WAITING)
  // One more than are hashed: it uses the database meanwhile.
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
