import { stat } from 'node:fs/promises'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { FetchFault, toFeedError, toFetchFault } from './fetch-fault.ts'
import { openResponse } from './open-response.ts'
import { permissionOf, systemResolve, type Permission, type Resolve } from './resolve-host.ts'
import { storeBody } from './store-body.ts'

const MAX_REDIRECTS = 5
const MAX_TRIES = 4
const FIRST_WAIT_MS = 1_000
/** After a longer `Retry-After` the feed is fetched at its next scheduled run. */
const MAX_RETRY_WAIT_MS = 60_000

/** Validators that a server sent with a version, for conditional requests. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

export type FetchInput = {
  /** An https or http URL, or the path of a file. */
  readonly address: string
  /** Path that the body is written to; the file must not exist. */
  readonly into: string
  readonly headers: Readonly<Record<string, string>>
  readonly validators: Validators
  /** Limit of the body in bytes, also decompressed, and of one attempt in seconds. */
  readonly limits: { readonly bytes: number; readonly seconds: number }
  readonly allowPrivate: boolean
  /** Aborts the fetch, without a retry. */
  readonly signal?: AbortSignal
}

export type FetchDeps = {
  /** Waits for this many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>
  /** In [0, 1). */
  readonly random: () => number
  readonly resolve?: Resolve
  /** Overrides `allowPrivate`. */
  readonly isPermitted?: Permission
}

/** `file` is the path of the body: `into`, or the file that the address names. */
export type Fetched =
  | { readonly changed: false }
  | { readonly changed: true; readonly file: string; readonly bytes: number; readonly validators: Validators }

/**
 * Fetches a URL to a file. Follows up to five redirects, each checked like the first URL, and retries with exponential
 * backoff where a server is busy or the network fails. `changed: false` where the server reports no change. Throws
 * `feed-failed`.
 */
export async function fetchFeed(deps: FetchDeps, input: FetchInput): Promise<Fetched> {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(input.address)) return fromFile(input)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await follow(deps, input, `${input.into}.${attempt}`)
    } catch (error) {
      input.signal?.throwIfAborted()
      const fault = toFetchFault(error, hostOf(input.address))
      const pause = fault.waitMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + deps.random())
      if (!fault.isTransient || attempt >= MAX_TRIES || pause > MAX_RETRY_WAIT_MS) throw toFeedError(fault)
      await deps.sleep(pause)
    }
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

async function follow(deps: FetchDeps, input: FetchInput, into: string): Promise<Fetched> {
  const isPermitted = deps.isPermitted ?? permissionOf(input.allowPrivate)
  const resolve = deps.resolve ?? systemResolve
  const time = AbortSignal.timeout(input.limits.seconds * 1000)
  const signal = input.signal === undefined ? time : AbortSignal.any([time, input.signal])
  const first = checkedUrl(input.address)
  let url = first
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      // Secrets and validators are sent to the original origin only.
      const headers = { ...COMMON, ...(url.origin === first.origin ? { ...conditions(input), ...input.headers } : {}) }
      const response = await openResponse(url, { headers, resolve, isPermitted, signal })
      const status = response.statusCode ?? 0
      if (status === 200) {
        const bytes = await storeBody(response, into, input.limits.bytes, url.host)
        const { etag, 'last-modified': lastModified } = response.headers
        return {
          changed: true,
          file: into,
          bytes,
          validators: { etag: storable(etag), lastModified: storable(lastModified) },
        }
      }
      response.destroy()
      if (status === 304) return { changed: false }
      const location = response.headers.location
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        throw statusFault(url, status, response.headers['retry-after'])
      }
      url = checkedUrl(location, url)
    }
  } catch (error) {
    if (!time.aborted) throw error
    throw new FetchFault(
      `${url.host} did not send the whole response within ${input.limits.seconds} s.`,
      true,
      null,
      error,
    )
  }
  throw new FetchFault(`${first.host} redirects more than ${MAX_REDIRECTS} times.`, false)
}

const COMMON = { 'user-agent': 'Kickstand', accept: '*/*', 'accept-encoding': 'gzip' }

function conditions({ validators: { etag, lastModified } }: FetchInput): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
}

/** Longer validators are not stored; the next fetch is then unconditional. */
function storable(value: string | undefined): string | null {
  return value === undefined || value.length > 200 ? null : value
}

function checkedUrl(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href))
    throw new FetchFault(`"${address}" is not a URL. Expected one that starts with https:// or http://.`, false)
  const url = new URL(address, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new FetchFault(`${url.protocol}// is not supported. Expected https:// or http://.`, false)
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchFault(`The address of ${url.host} contains a user name. Put secrets into "headers".`, false)
  }
  if (base?.protocol === 'https:' && url.protocol === 'http:') {
    throw new FetchFault(`${base.host} redirects from https to http, which is not encrypted.`, false)
  }
  return url
}

function statusFault(url: URL, status: number, retryAfter: string | undefined): FetchFault {
  const isTransient = status === 429 || status >= 500
  const seconds = Number(retryAfter)
  const waitMs = isTransient && retryAfter !== undefined && seconds >= 0 ? seconds * 1000 : null
  return new FetchFault(`${url.host} answers ${status}.`, isTransient, waitMs)
}

/** A local file is read in place; its size and modification time are its version. */
async function fromFile({ address, limits, validators }: FetchInput): Promise<Fetched> {
  const file = path.resolve(address)
  const { size, mtimeMs } = await stat(file).catch((error: unknown) => {
    throw new DomainError('feed-failed', `Cannot read ${file}. Check the path and its permissions.`, [], error)
  })
  if (size > limits.bytes) {
    const text = `${file} is over ${limits.bytes.toLocaleString('en')} bytes. If this is right, raise "limits": { "bytes": … } in the profile.`
    throw new DomainError('feed-failed', text)
  }
  const etag = `${size}-${Math.round(mtimeMs)}`
  if (etag === validators.etag) return { changed: false }
  return { changed: true, file, bytes: size, validators: { etag, lastModified: null } }
}
