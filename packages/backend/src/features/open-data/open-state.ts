import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import type { Tail } from '#read-model/tail.ts'
import type { Db } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import { listSources } from '#features/zones/list-sources.ts'
import { newestPosition } from '#db/read-zone-changes.ts'
import type { Terms } from './terms.ts'

export type OpenDataDeps = {
  readonly board: ZoneReader & ZoneSearch & EstimateReader
  readonly db: Db
  readonly tail: Tail
}

/** The terms that a response is made from, and its ETag, which is the same on every server. */
export type OpenState = { readonly terms: Terms; tag(address: string): string }

/** Reads the terms and the newest position of the changes. The board may be behind it until `tail.catchUp`. */
export async function readState({ db }: OpenDataDeps): Promise<OpenState> {
  const position = await newestPosition(db)
  const { sources } = await listSources({ db })
  const cacheTerms = sources.map(({ zones: _zones, importedAt: _importedAt, ...terms }) => terms)
  const state = JSON.stringify([position, cacheTerms])
  return {
    terms: new Map(sources.map((source) => [source.id, source])),
    tag: (address) => `"${fingerprint(`${state}\n${address}`)}"`,
  }
}
