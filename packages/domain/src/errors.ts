/**
 * The closed list of refusals. A `DomainError` is an expected "no": the HTTP edge turns its code into a status and a
 * title by one table, the CLI into one line and an exit code.
 */
export const ERROR_CODES = [
  'invalid-request',
  'not-found',
  'zone-not-found',
  'report-not-found',
  'contribution-not-found',
  'photo-not-found',
  'not-for-riders',
  'zone-there-already',
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
  'feed-key-refused',
  'invalid-config',
  'database-unavailable',
  'database-newer',
  'storage-full',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One fault in the input: `pointer` is an RFC 6901 JSON pointer (body) or `?name` (query). */
export type FieldError = { readonly pointer: string; readonly message: string }

/**
 * An expected refusal. `message` says what was wrong, what was expected and what to do; it is shown to people.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly FieldError[]
  /** Values of the message, for clients that show their own. */
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
