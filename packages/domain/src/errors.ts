/**
 * The closed list of error codes. The HTTP layer maps a code to a status and a title; the CLI maps it to an exit code
 * and prints the message in one line.
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
  'not-allowed',
  'sign-in-required',
  'sign-in-failed',
  'second-factor-required',
  'step-up-required',
  'cross-site-request',
  'link-not-usable',
  'credential-needed',
  'last-holder',
  'changed-meanwhile',
  'precondition-required',
  'email-in-use',
  'account-not-found',
  'organisation-not-found',
  'token-not-found',
  'provider-failed',
  'identity-in-use',
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
  'invalid-config',
  'database-unavailable',
  'database-newer',
  'storage-full',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/**
 * An error in one field of the input. `pointer`: an RFC 6901 JSON pointer into the body, or `?name` for a query
 * parameter.
 */
export type FieldError = { readonly pointer: string; readonly message: string }

/** An expected error. `message` states what was wrong, what was expected and what to do; it is shown to users. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly FieldError[]
  /**
   * The values in `message`, by name: clients use them in messages in other languages. `retryAfterSeconds` is also sent as
   * Retry-After.
   */
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
