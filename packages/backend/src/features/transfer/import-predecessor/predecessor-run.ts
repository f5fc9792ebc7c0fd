import type { RejectedRow } from '@kickstand/domain'
import type { AuditDeps } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import type { Counting } from './predecessor-report.ts'
import type { PredecessorSource, PredecessorTable } from './predecessor-source.ts'

export type PredecessorDeps = AuditDeps & { readonly database: Database; readonly eventLog: EventLog }

/** Maps an id of the predecessor to the new one. `path`: the path of an image, which is not copied. */
export type PredecessorMapping = {
  readonly table: PredecessorTable
  readonly legacyId: string
  readonly id: string | null
  readonly path?: string
}

export type PredecessorInput = {
  readonly from: PredecessorSource
  /** The id of this import and of its source: `legacy`, or `legacy-` with a suffix. */
  readonly id: string
  readonly dryRun: boolean
  readonly onMapped?: (mapping: PredecessorMapping) => void
}

/** An import in progress. */
export type PredecessorRun = Required<PredecessorInput> & {
  readonly deps: PredecessorDeps
  readonly counts: Readonly<Record<PredecessorTable, Counting>>
  /** Capacities of the imported zones, by the predecessor's id. */
  readonly zones: Map<string, number | null>
  /** Users with imported reports. */
  readonly users: Set<string>
  readonly warnings: RejectedRow[]
  readonly capacity: { read: number; imported: number; rejected: number }
}
