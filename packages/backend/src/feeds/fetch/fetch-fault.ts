import { DomainError } from '@kickstand/domain'

/** Why a fetch failed, and whether trying again may help. A lifetime of its own: it is thrown through streams. */
export class FetchFault extends Error {
  readonly isPassing: boolean
  /** Milliseconds that the server asks to wait, or null. */
  readonly waitMs: number | null

  constructor(message: string, isPassing: boolean, waitMs: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'FetchFault'
    this.isPassing = isPassing
    this.waitMs = waitMs
  }
}

const PASSING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  EAI_AGAIN: 'cannot be found: the name service does not answer',
  ESERVFAIL: 'cannot be found: the name service fails',
  ETIMEOUT: 'cannot be found: the name service does not answer',
  ENOTFOUND: 'cannot be found: there is no such name',
  UND_ERR_SOCKET: 'broke the connection off',
}

/** Any error of a fetch as a fault; those of the network pass, those of certificates do not. */
export function toFetchFault(error: unknown, host: string): FetchFault {
  if (error instanceof FetchFault) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const what = PASSING[code]
  if (what !== undefined) return new FetchFault(`${host} ${what} (${code}).`, true, null, error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') {
    return new FetchFault(`What ${host} sent is not whole: its gzip breaks off or is damaged.`, true, null, error)
  }
  const isCertificate = code.includes('CERT') || code.includes('SSL') || code.includes('TLS')
  return isCertificate
    ? new FetchFault(`The certificate of ${host} is not to be trusted (${code}).`, false, null, error)
    : new FetchFault(`Fetching from ${host} failed: ${text}`, true, null, error)
}

/** The fault as a refusal for people. */
export function toFeedError(fault: FetchFault): DomainError {
  return new DomainError('feed-failed', fault.message, [], fault)
}
