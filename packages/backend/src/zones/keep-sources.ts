import type { SourcesBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Engine } from '#db/engine.ts'
import { createOptionalRead, type OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { listSourcesWithHealth } from './list-sources.ts'

/** The sources with their licences and health. */
export type KeptSources = {
  /** As they are, or as they last were while the database is away. */
  current(): Promise<SourcesBody>
  /** Keeps them as they are now; never fails. */
  refresh(): Promise<void>
  /** As they last were, without a look at the database. */
  last(): SourcesBody['sources']
}

type Deps = {
  readonly db: Db
  readonly clock: Clock
  readonly engine: Engine
  readonly readOptional: OptionalRead
}

/** Where there is a copy, no answer waits longer for what is newer. */
const NEWER_WITHIN_MS = 300

/** Reads the sources once, so that there is a copy from the start. */
export async function keepSources({ db, clock, engine, readOptional }: Deps): Promise<KeptSources> {
  const list = (): Promise<SourcesBody> => listSourcesWithHealth({ db, clock })
  const readSoon = createOptionalRead(engine, NEWER_WITHIN_MS)
  let kept = await readOptional(list)
  return {
    async current() {
      kept = (await (kept === null ? readOptional(list) : readSoon(list))) ?? kept
      if (kept !== null) return kept
      throw new DomainError(
        'database-unavailable',
        'The sources have not been read yet: the database does not answer. Try again in a few seconds.',
      )
    },
    async refresh() {
      try {
        kept = (await readOptional(list)) ?? kept
      } catch {
        // Whoever asks for them is told.
      }
    },
    last: () => kept?.sources ?? [],
  }
}
