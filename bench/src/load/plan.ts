/** The requests for the load process. */
export type LoadPlan = {
  readonly port: number
  readonly connections: number
  /** Sent in turn and repeated; each connection starts at a different one. */
  readonly requests: readonly LoadRequest[]
  /** Bearer tokens, assigned to connections in turn; no Authorization header where empty. */
  readonly bearers: readonly string[]
  /** The Cookie header of every request. */
  readonly cookie?: string
  /** Prefix of a unique Idempotency-Key for each request; null for no key. */
  readonly keyPrefix: string | null
  /** Ends after so many milliseconds, or after sending every request once. */
  readonly until: { readonly ms: number } | 'each-once'
  /** Whether to return the bodies, by index in `requests`. */
  readonly keepBodies: boolean
}

export type LoadRequest = { readonly path: string; readonly body: string | null }

export type LoadResult = {
  /** Number of complete responses. */
  readonly answers: number
  readonly statuses: Readonly<Record<string, number>>
  /** Number of broken connections. */
  readonly failures: number
  readonly seconds: number
  readonly bytes: number
  /** Milliseconds from sending a request to its complete response. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number }
  readonly bodies: readonly string[]
}
