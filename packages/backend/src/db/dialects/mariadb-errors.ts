import type { Address } from './mariadb-address.ts'

/** Error codes of the driver and of sockets. */
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
const UNRESOLVED_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN'])

// Server error numbers of MariaDB: the driver knows MySQL's names, some of which differ.
const SHUTDOWN = 1053
const KILLED = 1927
const INTERRUPTED = 1317
const FAILED_IN_COMMIT = 1180
/** "WSREP has not yet prepared node for application use": a node outside of the primary component. */
const NODE_NOT_READY = 1047
/** After these, the outcome of the statement, or of the transaction for a COMMIT, is unknown. */
const LOST_NUMBERS = new Set([SHUTDOWN, KILLED, INTERRUPTED, FAILED_IN_COMMIT, NODE_NOT_READY])
const DEADLOCK = 1213
const LOCK_WAIT_TIMEOUT = 1205
const RECORD_CHANGED = 1020
/** A failed certification in a cluster is reported as a deadlock, also at COMMIT. */
const RETRYABLE_NUMBERS = new Set([DEADLOCK, LOCK_WAIT_TIMEOUT, RECORD_CHANGED])
const DUPLICATE = 1062
const STATEMENT_TIMEOUT = 1969
const TOO_MANY_CONNECTIONS_NUMBERS = new Set([1040, 1203, 1226])
/** Write errors of any file; the message contains the system's error number. */
const DISK_FULL_NUMBERS = new Set([1021, 1114])
const WRITE_ERROR_NUMBERS = new Set([3, 1026])
const UNKNOWN_DATABASE = 1049
const ACCESS_DENIED_NUMBERS = new Set([1044, 1045, 1698])
const TLS_CODES = /^(HANDSHAKE_|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function numberOf(error: unknown): number {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
}

/**
 * When a commit lost its connection, the rollback that follows fails with an error without a code ("in closed state"),
 * which hides the original one.
 */
export function isLost(error: unknown): boolean {
  if (LOST_CODES.has(codeOf(error)) || LOST_NUMBERS.has(numberOf(error))) return true
  return error instanceof Error && error.message.includes('in closed state')
}

/** No statement can succeed on this node: try another one. */
export function isNodeAway(error: unknown): boolean {
  return isLost(error) || UNRESOLVED_CODES.has(codeOf(error)) || numberOf(error) === LOCK_WAIT_TIMEOUT
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

/** The server is overloaded; nothing was done. */
export function isOverload(error: unknown): boolean {
  return numberOf(error) === STATEMENT_TIMEOUT || TOO_MANY_CONNECTIONS_NUMBERS.has(numberOf(error))
}

export function isFull(error: unknown): boolean {
  if (DISK_FULL_NUMBERS.has(numberOf(error))) return true
  return WRITE_ERROR_NUMBERS.has(numberOf(error)) && error instanceof Error && /errno: 28\b/i.test(error.message)
}

/** The error for a statement that timed out; its outcome is unknown. */
export function timeoutError(ms: number): Error {
  const error = new Error(`MariaDB did not answer a statement within ${ms / 1000} s`)
  return Object.assign(error, { code: 'PROTOCOL_SEQUENCE_TIMEOUT' })
}

/** The error for a request that waits for a connection to a node that was abandoned. */
export function nodeAbandonedError(): Error {
  return Object.assign(new Error('the node was abandoned for another one'), { code: 'PROTOCOL_CONNECTION_LOST' })
}

/** The error that a node outside of the primary component would give. */
export function notReadyError(): Error {
  return Object.assign(new Error('this node is not in the primary component'), { errno: NODE_NOT_READY })
}

/** Why a database cannot be opened, in one line; null for an unknown cause. */
export function explain(error: unknown, { nodes, user, database }: Address): string | null {
  const code = codeOf(error)
  const number = numberOf(error)
  const place = nodes.map(({ host, port }) => `${host}:${port}`).join(', ')
  if (number === NODE_NOT_READY) {
    return `The MariaDB cluster at ${place} has no primary component: too many of its nodes are down. Start them, or bootstrap one (docs/operating/galera.md).`
  }
  if (LOST_CODES.has(code) || UNRESOLVED_CODES.has(code)) {
    return `No MariaDB responds at ${place}/${database} (${code}). Start it, or correct KICKSTAND_DATABASE_URL.`
  }
  if (TLS_CODES.test(code)) {
    return `The TLS connection to MariaDB at ${place} failed (${error instanceof Error ? error.message : code}). Check ssl-mode and ssl-ca in KICKSTAND_DATABASE_URL (docs/operating/mariadb.md).`
  }
  if (ACCESS_DENIED_NUMBERS.has(number)) {
    return `MariaDB at ${place}/${database} rejects user ${user}. Check the user, the password and the grants in KICKSTAND_DATABASE_URL.`
  }
  if (number === UNKNOWN_DATABASE) {
    return `MariaDB at ${place} has no database ${database}. Create it: CREATE DATABASE ${database} CHARACTER SET utf8mb4;`
  }
  if (TOO_MANY_CONNECTIONS_NUMBERS.has(number)) {
    return `MariaDB at ${place} accepts no more connections. Raise max_connections there, or lower pool in KICKSTAND_DATABASE_URL.`
  }
  if (isFull(error)) return `The disk of MariaDB at ${place} is full. Free some space there.`
  return null
}
