import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { limitsOf, pagesOf } from '../fetch-rule.ts'
import type { FetchRule } from '../fetch-schema.ts'
import { fetchFeed, type FetchDeps, type Validators } from './fetch-feed.ts'

/** A list without rows and what goes around it, bytes; and its part of a page that has some. */
const EMPTY_BYTES = 1000
const EMPTY_SHARE = 0.1
const NO_VALIDATORS: Validators = { etag: null, lastModified: null }

export type FetchSideInput = {
  readonly channel: 'static' | 'live'
  readonly rule: FetchRule
  /** Relative paths of files are taken from here. */
  readonly folder: string
  /** What was said of the version fetched last, where there was only one page. */
  readonly validators: Validators
  /** Secrets by the names that profiles call them by. */
  readonly secrets: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** `isSmall`: so much smaller than the first that there is nothing in it, unless something is found there. */
export type FetchedPage = { readonly file: string; readonly isSmall: boolean }

/** One channel of a feed, fetched page by page. */
export type FetchedSide = {
  /** The pages, fetched as they are asked for; the first is there already. Whoever finds nothing in a small one may stop. */
  pages(): AsyncGenerator<FetchedPage, void, undefined>
  /** To be asked with next time, once all has been read. */
  readonly validators: Validators
  /** Removes what was fetched. */
  close(): Promise<void>
}

/**
 * Fetches one channel of a feed, or finds that it has not changed (null). Throws `feed-failed`, also from `pages`, and
 * `invalid-config` where a secret that its profile names is not set.
 */
export async function fetchChannel(deps: FetchDeps, input: FetchSideInput): Promise<FetchedSide | null> {
  const { rule, channel } = input
  const addresses = pagesOf(rule).map((address) => absolute(address, input.folder))
  const headers = headersOf(rule, input.secrets)
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-feed-'))
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true })
  // Of several pages some may change and others not: then all are fetched.
  const isOne = addresses.length === 1
  const get = async (page: number): Promise<{ file: string; bytes: number; validators: Validators } | null> => {
    input.signal?.throwIfAborted()
    const fetched = await fetchFeed(deps, {
      address: addresses[page],
      into: path.join(folder, `page-${page}`),
      headers,
      validators: isOne ? input.validators : NO_VALIDATORS,
      limits: limitsOf(rule, channel),
      allowPrivate: rule.allowPrivate === true,
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    })
    return fetched.changed ? fetched : null
  }
  try {
    const first = await get(0)
    if (first === null) {
      await close()
      return null
    }
    return {
      async *pages(): AsyncGenerator<FetchedPage, void, undefined> {
        const small = rule.pages === undefined ? -1 : Math.max(EMPTY_BYTES, EMPTY_SHARE * first.bytes)
        yield { file: first.file, isSmall: first.bytes < small }
        for (let page = 1; page < addresses.length; page += 1) {
          const next = await get(page)
          if (next !== null) yield { file: next.file, isSmall: next.bytes < small }
        }
      },
      validators: isOne ? first.validators : NO_VALIDATORS,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function absolute(address: string, folder: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : path.resolve(folder, address)
}

function headersOf(rule: FetchRule, secrets: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, secret] of Object.entries(rule.headers ?? {})) {
    const value = secrets[secret]
    if (value === undefined) {
      throw new DomainError(
        'invalid-config',
        `${secret} is not set. The feed needs it for its header ${name}; put it into .env.`,
      )
    }
    headers[name.toLowerCase()] = value
  }
  return headers
}

/** Validators as they are kept with a channel. */
export function readValidators(text: string | undefined): Validators {
  // Written by `JSON.stringify` of the same type.
  const { etag = null, lastModified = null } = JSON.parse(text ?? '{}') as Partial<Validators>
  return { etag, lastModified }
}
