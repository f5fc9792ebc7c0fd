import type { RejectedRow } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import type { Counting } from './legacy-report.ts'
import type { LegacySource, LegacyTable } from './legacy-source.ts'

export type LegacyDeps = { readonly database: Database; readonly eventLog: EventLog; readonly clock: Clock }

/** Who the predecessor called what, and what it is called now. `path`: of an image, which stays where it is. */
export type LegacyMapping = {
  readonly table: LegacyTable
  readonly legacyId: string
  readonly id: string | null
  readonly path?: string
}

export type LegacyInput = {
  readonly from: LegacySource
  /** The id of this import and of the source that its zones are of: `legacy`, or `legacy-` and more. */
  readonly id: string
  readonly dryRun: boolean
  readonly onMapped?: (mapping: LegacyMapping) => void
}

/** An import under way. */
export type LegacyRun = Required<LegacyInput> & {
  readonly deps: LegacyDeps
  readonly counts: Readonly<Record<LegacyTable, Counting>>
  /** Capacities of the zones that were taken, by the predecessor's id. */
  readonly zones: Map<string, number | null>
  /** Users and reports that were kept. */
  readonly users: Set<string>
  readonly warnings: RejectedRow[]
  readonly capacity: { read: number; taken: number; refused: number }
}
