/**
 * The closed list of error codes. A `DomainError` is an expected error: the HTTP layer maps its code to a status and a title by one
 * table, the CLI to one line and an exit code.
 */
export const ERROR_CODES = [
  'invalid-request',
  'not-found',
  'zone-not-found',
  'report-not-found',
  'contribution-not-found',
  'photo-not-found',
  'not-for-riders',
  'zone-already-exists',
  'unusable-image',
  'review-not-found',
  'observed-in-future',
  'observed-too-old',
  'undo-too-late',
  'rider-required',
  'idempotency-mismatch',
  'idempotency-in-flight',
  'body-too-large',
  'unsupported-media-type',
  'method-not-allowed',
  'precondition-failed',
  'range-not-satisfiable',
  'rate-limited',
  'overloaded',
  'not-ready',
  'wrong-server',
  'unreadable-file',
  'incomplete-file',
  'snapshot-rejected',
  'unknown-profile',
  'feed-failed',
  'feed-not-found',
  'feed-key-required',
  'feed-key-rejected',
  'invalid-config',
  'database-unavailable',
  'database-newer',
  'storage-full',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One error in the input: `pointer` is an RFC 6901 JSON pointer (body) or `?name` (query). */
export type FieldError = { readonly pointer: string; readonly message: string }

/**
 * An expected error. `message` states what was wrong, what was expected and what to do; it is shown to users.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly FieldError[]
  /** Values in the message, for clients with messages of their own. */
  readonly params: Readonly<Record<string, string | number>>

  constructor(
    code: ErrorCode,
    message: string,
    errors: readonly FieldError[] = [],
    cause?: unknown,
    params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DomainError'
    this.code = code
    this.errors = errors
    this.params = params
  }
}
