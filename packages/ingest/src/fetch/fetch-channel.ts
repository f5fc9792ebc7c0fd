import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { limitsOf, pagesOf } from '#fetch/fetch-rule.ts'
import type { FetchRule } from '#fetch/fetch-schema.ts'
import { fetchFeed, type FetchDeps, type Validators } from './fetch-feed.ts'

/** A page smaller than this, in bytes and as a share of the first page, may be empty. */
const MAX_EMPTY_PAGE_BYTES = 1000
const MAX_EMPTY_PAGE_SHARE = 0.1
const NO_VALIDATORS: Validators = { etag: null, lastModified: null }

export type FetchChannelInput = {
  readonly channel: 'static' | 'live'
  readonly rule: FetchRule
  /** Relative file paths are resolved against this folder. */
  readonly folder: string
  /** Validators (ETag, Last-Modified) of the version fetched last. They apply to single pages only. */
  readonly validators: Validators
  /** Secrets, by the names that profiles use. */
  readonly secrets: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** `isSmall`: so much smaller than the first page that it may be empty. */
export type FetchedPage = { readonly file: string; readonly isSmall: boolean }

/** One channel of a feed, fetched page by page. */
export type FetchedChannel = {
  /** The pages, fetched on demand; the first is fetched already. You may stop at a small page without rows. */
  pages(): AsyncGenerator<FetchedPage, void, undefined>
  /** Validators for the next fetch. Store them once all pages were read. */
  readonly validators: Validators
  /** Removes the fetched files. */
  close(): Promise<void>
}

/**
 * Fetches a channel of a feed; null where it has not changed. Throws `feed-failed`, also from `pages`, and
 * `invalid-config` where a secret that its profile names is not set.
 */
export async function fetchChannel(deps: FetchDeps, input: FetchChannelInput): Promise<FetchedChannel | null> {
  const { rule, channel } = input
  const addresses = pagesOf(rule).map((address) => absolute(address, input.folder))
  const headers = headersOf(rule, input.secrets)
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-feed-'))
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true })
  // With several pages, some may change and others not, so all are fetched.
  const isSinglePage = addresses.length === 1
  const get = async (page: number): Promise<{ file: string; bytes: number; validators: Validators } | null> => {
    input.signal?.throwIfAborted()
    const fetched = await fetchFeed(deps, {
      address: addresses[page],
      into: path.join(folder, `page-${page}`),
      headers,
      validators: isSinglePage ? input.validators : NO_VALIDATORS,
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
        const small = rule.pages === undefined ? -1 : Math.max(MAX_EMPTY_PAGE_BYTES, MAX_EMPTY_PAGE_SHARE * first.bytes)
        yield { file: first.file, isSmall: first.bytes < small }
        for (let page = 1; page < addresses.length; page += 1) {
          const next = await get(page)
          if (next !== null) yield { file: next.file, isSmall: next.bytes < small }
        }
      },
      validators: isSinglePage ? first.validators : NO_VALIDATORS,
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
        `${secret} is not set. The feed needs it for its header ${name}. Set it in .env.`,
      )
    }
    headers[name.toLowerCase()] = value
  }
  return headers
}

/** Parses the validators stored with a channel. */
export function readValidators(text: string | undefined): Validators {
  // Written by `JSON.stringify` of the same type.
  const { etag = null, lastModified = null } = JSON.parse(text ?? '{}') as Partial<Validators>
  return { etag, lastModified }
}
