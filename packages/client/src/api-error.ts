import type { ProblemBody } from '@kickstand/contract'

/** The server rejected the request. `retryAfter` is in seconds; null if the server sent none. */
export type Rejected = { readonly kind: 'rejected'; readonly problem: ProblemBody; readonly retryAfter: number | null }
/** There was no answer: no network, no server, or a timeout. */
export type Unreachable = { readonly kind: 'unreachable' }
export type Failure = Rejected | Unreachable

/** Thrown by all API calls. */
export class ApiError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind === 'rejected' ? failure.problem.code : failure.kind)
    this.name = 'ApiError'
    this.failure = failure
  }
}

/** The failure of a caught error. A bug in the caller counts as unreachable, because it says nothing about the input. */
export function failureOf(error: unknown): Failure {
  return error instanceof ApiError ? error.failure : { kind: 'unreachable' }
}
