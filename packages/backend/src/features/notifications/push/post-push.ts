import { Agent, request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { publicLookup } from './public-lookup.ts'

const HTTPS_PORT = 443
const TIMEOUT_MS = 10_000
const MAX_SOCKETS_PER_HOST = 4

/** How push services are reached. Tests replace it with a local service. */
export type PushTransport = {
  readonly lookup: LookupFunction
  readonly agent: Agent
  readonly port: number
  readonly timeoutMs: number
}

export function openPushTransport(): PushTransport {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS_PER_HOST })
  return { lookup: publicLookup(), agent, port: HTTPS_PORT, timeoutMs: TIMEOUT_MS }
}

export type PushRequest = {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: Buffer
}

export type PushAnswer = { readonly status: number; readonly retryAfter: string | null }

/**
 * Sends a message to a push service. Redirects are not followed, and the body of the response is discarded. Rejects if there
 * is no response in time.
 */
export async function postPush(
  { lookup, agent, port, timeoutMs }: PushTransport,
  { endpoint, headers, body }: PushRequest,
  abort: AbortSignal,
): Promise<PushAnswer> {
  const url = new URL(endpoint)
  const signal = AbortSignal.any([abort, AbortSignal.timeout(timeoutMs)])
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname: url.hostname,
        port,
        path: url.pathname + url.search,
        method: 'POST',
        headers: { ...headers },
        lookup,
        agent,
        signal,
      },
      (answer) => {
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null })
        // The body may be incomplete or endless. In that case the abort signal ends it.
        answer.on('error', () => undefined).resume()
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
