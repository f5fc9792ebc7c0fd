import { DomainError } from '@kickstand/domain'

/** Why a fetch failed, and whether a retry may succeed. A class, because it is thrown through streams. */
export class FetchFault extends Error {
  readonly isTransient: boolean
  /** Milliseconds to wait before a retry, as the server asks (`Retry-After`); null where it does not. */
  readonly waitMs: number | null

  constructor(message: string, isTransient: boolean, waitMs: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'FetchFault'
    this.isTransient = isTransient
    this.waitMs = waitMs
  }
}

const TRANSIENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  EAI_AGAIN: 'cannot be resolved: the DNS server does not answer',
  ESERVFAIL: 'cannot be resolved: the DNS server fails',
  ETIMEOUT: 'cannot be resolved: the DNS server does not answer',
  ENOTFOUND: 'cannot be resolved: there is no such name',
  UND_ERR_SOCKET: 'closed the connection',
}

/** Converts any error of a fetch. Network errors are transient, certificate errors are not. */
export function toFetchFault(error: unknown, host: string): FetchFault {
  if (error instanceof FetchFault) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = TRANSIENT[code]
  if (reason !== undefined) return new FetchFault(`${host} ${reason} (${code}).`, true, null, error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') {
    return new FetchFault(
      `The response of ${host} is incomplete: its gzip data is truncated or damaged.`,
      true,
      null,
      error,
    )
  }
  const isCertificate = code.includes('CERT') || code.includes('SSL') || code.includes('TLS')
  return isCertificate
    ? new FetchFault(`The certificate of ${host} is not trusted (${code}).`, false, null, error)
    : new FetchFault(`Fetching from ${host} failed: ${text}`, true, null, error)
}

export function toFeedError(fault: FetchFault): DomainError {
  return new DomainError('feed-failed', fault.message, [], fault)
}
