import type { ProblemBody } from '@kickstand/contract'
import { learnServerTime } from './server-clock.ts'

const TIMEOUT_MS = 10_000

/** The server answered with a refusal. `retryAfter` is in seconds where the server named it. */
export type Refused = { readonly kind: 'refused'; readonly problem: ProblemBody; readonly retryAfter: number | null }
/** Nothing came back: no network, no server, or no answer in time. */
export type Unreachable = { readonly kind: 'unreachable' }
export type Failure = Refused | Unreachable

/** Thrown by every call of the client; `failure` says which of the two it was. */
export class ApiError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind === 'refused' ? failure.problem.code : failure.kind)
    this.name = 'ApiError'
    this.failure = failure
  }
}

/** The failure behind anything caught. A fault of our own code counts as unreachable: it says nothing about the input. */
export function failureOf(error: unknown): Failure {
  return error instanceof ApiError ? error.failure : { kind: 'unreachable' }
}

export type Call = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number>>
  /** Sent as JSON; a blob as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Milliseconds until it counts as unreachable. */
  readonly timeoutMs?: number
}

/**
 * One exchange with the API. Resolves with the parsed body (undefined on 204), whose type is the contract's promise.
 * Throws `ApiError`.
 */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const asked = new URLSearchParams(stringValues(options.query ?? {})).toString()
  const query = asked === '' ? '' : `?${asked}`
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
    learnServerTime(response.headers)
    if (response.ok) return await parseBody<T>(response)
    throw new ApiError({ kind: 'refused', problem: await parseProblem(response), retryAfter: retryAfter(response) })
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
    // A proxy's page, not the server's problem: fall through.
  }
  return { type: '', title: '', status: response.status, code: 'internal', detail: '' }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}
