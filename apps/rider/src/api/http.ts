import type { ProblemBody } from '@kickstand/contract'
import { updateServerTime } from './server-clock.ts'

const TIMEOUT_MS = 10_000

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

/** The failure of a caught error. A bug in the page counts as unreachable, because it says nothing about the input. */
export function failureOf(error: unknown): Failure {
  return error instanceof ApiError ? error.failure : { kind: 'unreachable' }
}

export type Call = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number>>
  /** Sent as JSON; a blob is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** The timeout; after it the server counts as unreachable. */
  readonly timeoutMs?: number
}

/**
 * Calls the API. Resolves with the parsed body, which is not validated (undefined on 204). Throws `ApiError`.
 */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const params = new URLSearchParams(stringValues(options.query ?? {})).toString()
  const query = params === '' ? '' : `?${params}`
  const { body, signal } = options
  // `AbortSignal.any` is newer than the build targets.
  const aborter = new AbortController()
  const abort = (): void => aborter.abort()
  const timer = setTimeout(abort, options.timeoutMs ?? TIMEOUT_MS)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    const response = await fetch(path + query, {
      method: options.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': body instanceof Blob ? body.type : 'application/json' } : {}),
        ...options.headers,
      },
      ...(body ? { body: body instanceof Blob ? body : JSON.stringify(body) } : {}),
      signal: aborter.signal,
    })
    updateServerTime(response.headers)
    if (response.ok) return await parseBody<T>(response)
    throw new ApiError({ kind: 'rejected', problem: await parseProblem(response), retryAfter: retryAfter(response) })
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError({ kind: 'unreachable' })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function stringValues(query: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
}

async function parseBody<T>(response: Response): Promise<T> {
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

async function parseProblem(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'code' in body) return body as ProblemBody
  } catch {
    // The body is not from the API server but, for example, from a proxy.
  }
  return { type: '', title: '', status: response.status, code: 'internal', detail: '' }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}
