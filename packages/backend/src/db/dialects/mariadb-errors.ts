import type { Address } from './mariadb-address.ts'

/** Of the driver and of sockets. */
const LOST_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN'])

// Numbers of the server's errors: the driver has names for MySQL's, which are others for some.
const SHUTDOWN = 1053
const KILLED = 1927
const INTERRUPTED = 1317
const FAILED_IN_COMMIT = 1180
/** "WSREP has not yet prepared node for application use": a node outside of the primary component. */
const NODE_NOT_READY = 1047
/** What follows is not known of the statement, or, where it was a COMMIT, of the transaction. */
const LOST_NUMBERS = new Set([SHUTDOWN, KILLED, INTERRUPTED, FAILED_IN_COMMIT, NODE_NOT_READY])
const DEADLOCK = 1213
const LOCK_WAIT = 1205
const RECORD_CHANGED = 1020
/** A certification that fails on a cluster is told as a deadlock, at COMMIT too. */
const RETRYABLE_NUMBERS = new Set([DEADLOCK, LOCK_WAIT, RECORD_CHANGED])
const DUPLICATE = 1062
const TOO_LONG = 1969
const TOO_MANY = new Set([1040, 1203, 1226])
/** The last is of writing to any file; it tells the system's own number. */
const DISK_FULL = new Set([1021, 1114])
const WRITING_FAILED = new Set([3, 1026])
const NO_DATABASE = 1049
const REFUSED = new Set([1044, 1045, 1698])
const TLS_CODES = /^(HANDSHAKE_|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function numberOf(error: unknown): number {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
}

/**
 * After a commit whose connection went, the transaction is rolled back on it, and the driver's refusal to use a closed
 * connection, an error without a code, hides the one that says so.
 */
export function isLost(error: unknown): boolean {
  if (LOST_CODES.has(codeOf(error)) || LOST_NUMBERS.has(numberOf(error))) return true
  return error instanceof Error && error.message.includes('in closed state')
}

/** No statement will do on this node: another one must be tried. */
export function isNodeAway(error: unknown): boolean {
  return isLost(error) || NO_NAME.has(codeOf(error)) || numberOf(error) === LOCK_WAIT
}

export function isNodeNotReady(error: unknown): boolean {
  return numberOf(error) === NODE_NOT_READY
}

export function isRetryable(error: unknown): boolean {
  return RETRYABLE_NUMBERS.has(numberOf(error))
}

export function isDuplicate(error: unknown): boolean {
  return numberOf(error) === DUPLICATE
}

/** The server could not keep up; nothing was done. */
export function isOverload(error: unknown): boolean {
  return numberOf(error) === TOO_LONG || TOO_MANY.has(numberOf(error))
}

export function isFull(error: unknown): boolean {
  if (DISK_FULL.has(numberOf(error))) return true
  return WRITING_FAILED.has(numberOf(error)) && error instanceof Error && /errno: 28\b/i.test(error.message)
}

/** An error for a statement that was not answered in time; what became of it is not known. */
export function unanswered(ms: number): Error {
  const error = new Error(`MariaDB did not answer a statement within ${ms / 1000} s`)
  return Object.assign(error, { code: 'PROTOCOL_SEQUENCE_TIMEOUT' })
}

/** An error for who waits for a connection to a node that others found gone. */
export function nodeLeft(): Error {
  return Object.assign(new Error('this node was left for another'), { code: 'PROTOCOL_CONNECTION_LOST' })
}

/** The error of a node that is not in the primary component, for one that answers questions which it would. */
export function notReady(): Error {
  return Object.assign(new Error('this node is not in the primary component'), { errno: NODE_NOT_READY })
}

/** Why a database cannot be opened, in one line for people; null where the cause is not a known one. */
export function explain(error: unknown, { nodes, user, database }: Address): string | null {
  const code = codeOf(error)
  const number = numberOf(error)
  const place = nodes.map(({ host, port }) => `${host}:${port}`).join(', ')
  if (number === NODE_NOT_READY) {
    return `The MariaDB cluster at ${place} has no primary component: too many of its nodes are away. Start them, or bootstrap one (docs/operating/galera.md).`
  }
  if (LOST_CODES.has(code) || NO_NAME.has(code)) {
    return `No MariaDB answers at ${place}/${database} (${code}). Start it, or correct KICKSTAND_DATABASE_URL.`
  }
  if (TLS_CODES.test(code)) {
    return `The TLS connection to MariaDB at ${place} failed (${error instanceof Error ? error.message : code}). Check ssl-mode and ssl-ca in KICKSTAND_DATABASE_URL (docs/operating/mariadb.md).`
  }
  if (REFUSED.has(number)) {
    return `MariaDB at ${place}/${database} refuses user ${user}. Check the user, the password and the grants in KICKSTAND_DATABASE_URL.`
  }
  if (number === NO_DATABASE) {
    return `MariaDB at ${place} has no database ${database}. Make it: CREATE DATABASE ${database} CHARACTER SET utf8mb4;`
  }
  if (TOO_MANY.has(number)) {
    return `MariaDB at ${place} takes no more connections. Raise max_connections there, or lower pool in KICKSTAND_DATABASE_URL.`
  }
  if (isFull(error)) return `The disk of MariaDB at ${place} is full. Free some space there.`
  return null
}
