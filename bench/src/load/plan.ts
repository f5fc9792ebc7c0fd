/** What the load process is told to send. */
export type LoadPlan = {
  readonly port: number
  readonly connections: number
  /** Sent over and over in turn, each connection from another place. */
  readonly requests: readonly LoadRequest[]
  /** Sent with every request as `authorization: Bearer`, in turn by connection; none where empty. */
  readonly bearers: readonly string[]
  /** Where given, each request carries an Idempotency-Key of its own that starts so. */
  readonly keyPrefix: string | null
  /** Ends after so many milliseconds, or once every request was sent once. */
  readonly until: { readonly ms: number } | 'each-once'
  /** Bodies to send back, by place in `requests`. */
  readonly keepBodies: boolean
}

export type LoadRequest = { readonly path: string; readonly body: string | null }

export type LoadResult = {
  /** Answers that were complete within the time. */
  readonly answers: number
  readonly statuses: Readonly<Record<string, number>>
  /** Connections that broke. */
  readonly failures: number
  readonly seconds: number
  readonly bytes: number
  /** Milliseconds from sending a request to having its whole answer. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number }
  readonly bodies: readonly string[]
}
