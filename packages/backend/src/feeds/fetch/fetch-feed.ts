import { stat } from 'node:fs/promises'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import type { Sleep } from '#platform/sleep.ts'
import { FetchFault, toFeedError, toFetchFault } from './fetch-fault.ts'
import { openResponse } from './open-response.ts'
import { permissionOf, systemResolve, type Permission, type Resolve } from './resolve-host.ts'
import { storeBody } from './store-body.ts'

const MOST_REDIRECTS = 5
const TRIES = 4
const FIRST_WAIT_MS = 1_000
/** A server that asks for longer than this is asked again at the next turn of the schedule. */
const MOST_WAIT_MS = 60_000

/** What a server said of the version it sent, to be asked with again. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

export type FetchInput = {
  /** An https or http address, or the path of a file. */
  readonly address: string
  /** Where the body goes: a file that is not there yet. */
  readonly into: string
  readonly headers: Readonly<Record<string, string>>
  readonly validators: Validators
  /** Most bytes of the body, also unpacked, and most seconds for one try. */
  readonly limits: { readonly bytes: number; readonly seconds: number }
  readonly allowPrivate: boolean
  /** Ends it, and lets nothing be tried again. */
  readonly signal?: AbortSignal
}

export type FetchDeps = {
  readonly sleep: Sleep
  /** In [0, 1). */
  readonly random: () => number
  readonly resolve?: Resolve
  /** In place of what `allowPrivate` says. */
  readonly isPermitted?: Permission
}

/** `file` is where the body is: `into`, or the file that the address named. */
export type Fetched =
  | { readonly changed: false }
  | { readonly changed: true; readonly file: string; readonly bytes: number; readonly validators: Validators }

/**
 * Fetches one address to a file. Follows up to five redirects by hand, each checked like the first; tries again with growing
 * pauses where a server is busy or the network fails. `changed: false` where the server says that nothing has changed.
 * Throws `feed-failed` with what went wrong.
 */
export async function fetchFeed(deps: FetchDeps, input: FetchInput): Promise<Fetched> {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(input.address)) return fromFile(input)
  for (let tried = 1; ; tried += 1) {
    try {
      return await follow(deps, input, `${input.into}.${tried}`)
    } catch (error) {
      input.signal?.throwIfAborted()
      const fault = toFetchFault(error, hostOf(input.address))
      const pause = fault.waitMs ?? FIRST_WAIT_MS * 2 ** (tried - 1) * (0.5 + deps.random())
      if (!fault.isPassing || tried >= TRIES || pause > MOST_WAIT_MS) throw toFeedError(fault)
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
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      // Secrets and validators are for the address that they were given for.
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
          validators: { etag: short(etag), lastModified: short(lastModified) },
        }
      }
      response.destroy()
      if (status === 304) return { changed: false }
      const location = response.headers.location
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        throw refusalOf(url, status, response.headers['retry-after'])
      }
      url = checkedUrl(location, url)
    }
  } catch (error) {
    if (!time.aborted) throw error
    throw new FetchFault(`${url.host} did not send all of it within ${input.limits.seconds} s.`, true, null, error)
  }
  throw new FetchFault(`${first.host} redirects more than ${MOST_REDIRECTS} times.`, false)
}

const COMMON = { 'user-agent': 'Kickstand', accept: '*/*', 'accept-encoding': 'gzip' }

function conditions({ validators: { etag, lastModified } }: FetchInput): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
}

/** Validators longer than this are not kept: what is fetched again is only fetched again. */
function short(value: string | undefined): string | null {
  return value === undefined || value.length > 200 ? null : value
}

function checkedUrl(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new FetchFault(`"${address}" is not an address.`, false)
  const url = new URL(address, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new FetchFault(`${url.protocol}// is not fetched; expected https:// or http://.`, false)
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchFault(`The address of ${url.host} holds a user name; put secrets into "headers".`, false)
  }
  // A page that was fetched over https is not to be had over an open line.
  if (base?.protocol === 'https:' && url.protocol === 'http:') {
    throw new FetchFault(`${base.host} redirects from https to http, which anybody on the way could change.`, false)
  }
  return url
}

function refusalOf(url: URL, status: number, retryAfter: string | undefined): FetchFault {
  const isPassing = status === 429 || status >= 500
  const seconds = Number(retryAfter)
  const waitMs = isPassing && retryAfter !== undefined && seconds >= 0 ? seconds * 1000 : null
  return new FetchFault(`${url.host} answers ${status}.`, isPassing, waitMs)
}

/** A file is taken where it lies; its size and time stand for its version. */
async function fromFile({ address, limits, validators }: FetchInput): Promise<Fetched> {
  const file = path.resolve(address)
  const { size, mtimeMs } = await stat(file).catch((error: unknown) => {
    throw new DomainError('feed-failed', `There is no file ${file}, or it may not be read.`, [], error)
  })
  if (size > limits.bytes) {
    const text = `${file} has over ${limits.bytes.toLocaleString('en')} bytes. If this is right, raise "limits": { "bytes": … } in the profile.`
    throw new DomainError('feed-failed', text)
  }
  const etag = `${size}-${Math.round(mtimeMs)}`
  if (etag === validators.etag) return { changed: false }
  return { changed: true, file, bytes: size, validators: { etag, lastModified: null } }
}
