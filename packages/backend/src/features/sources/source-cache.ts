import type { SourcesBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Engine } from '#db/engine.ts'
import { createOptionalRead, type OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { listSourcesWithHealth } from './list-sources.ts'

/** A cache of the sources with their licences and health. */
export type SourceCache = {
  /** The sources; the cached copy while the database is unavailable. */
  current(): Promise<SourcesBody>
  /** Refreshes the cached copy; never fails. */
  refresh(): Promise<void>
  /** The cached copy, without a query. */
  cached(): SourcesBody['sources']
}

type Deps = {
  readonly db: Db
  readonly clock: Clock
  readonly engine: Engine
  readonly readOptional: OptionalRead
}

/** Time limit for a query where there is a cached copy. */
const REFRESH_TIMEOUT_MS = 300

/** Fills the cache once before it returns. */
export async function createSourceCache({ db, clock, engine, readOptional }: Deps): Promise<SourceCache> {
  const list = (): Promise<SourcesBody> => listSourcesWithHealth({ db, clock })
  const readQuickly = createOptionalRead(engine, REFRESH_TIMEOUT_MS)
  let copy = await readOptional(list)
  return {
    async current() {
      copy = (await (copy === null ? readOptional(list) : readQuickly(list))) ?? copy
      if (copy !== null) return copy
      throw new DomainError(
        'database-unavailable',
        'The sources have not been read yet: the database does not answer. Try again in a few seconds.',
      )
    },
    async refresh() {
      try {
        copy = (await readOptional(list)) ?? copy
      } catch {
        // `current` reports the error to its caller.
      }
    },
    cached: () => copy?.sources ?? [],
  }
}
