import type { ProblemBody } from '@kickstand/contract'
import { ApiError } from './api-error.ts'
import type { ServerClock } from './server-clock.ts'

const TIMEOUT_MS = 10_000

/** How requests reach the server. */
export type Transport = {
  /** Put before each path: the server's address without a slash at the end, or empty for the page's own server. */
  readonly baseUrl: string
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Updated by each answer. */
  readonly clock: Pick<ServerClock, 'update'>
}

type QueryValue = string | number | boolean | readonly (string | number)[] | undefined

export type CallOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Lists are joined by commas; undefined values are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>
  /** Sent as JSON; a blob is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** The timeout; after it the server counts as unreachable. */
  readonly timeoutMs?: number
}

/**
 * Calls a path of the API. Resolves with the parsed body, which is not validated (undefined on 204). Throws `ApiError`.
 */
export type Call = <T>(path: string, options?: CallOptions) => Promise<T>

/** Makes the function that calls the API over this transport. */
export function createCall({ baseUrl, fetch, clock }: Transport): Call {
  return async <T>(path: string, options: CallOptions = {}): Promise<T> => {
    const { body, signal } = options
    // `AbortSignal.any` is newer than the build targets.
    const aborter = new AbortController()
    const abort = (): void => aborter.abort()
    const timer = setTimeout(abort, options.timeoutMs ?? TIMEOUT_MS)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    try {
      const response = await fetch(baseUrl + path + queryText(options.query), {
        method: options.method ?? 'GET',
        headers: {
          accept: 'application/json',
          ...(body ? { 'content-type': body instanceof Blob ? body.type : 'application/json' } : {}),
          ...options.headers,
        },
        ...(body ? { body: body instanceof Blob ? body : JSON.stringify(body) } : {}),
        signal: aborter.signal,
      })
      clock.update(response.headers)
      if (response.ok) return await parseBody<T>(response)
      throw new ApiError({ kind: 'rejected', problem: await parseProblem(response), retryAfter: retryAfter(response) })
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError({ kind: 'unreachable' })
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }
}

function queryText(query: CallOptions['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  const text = params.toString()
  return text && `?${text}`
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
