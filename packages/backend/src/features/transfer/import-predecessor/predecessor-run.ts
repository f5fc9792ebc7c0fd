import type { RejectedRow } from '@kickstand/domain'
import type { AuditDeps } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import type { Counting } from './predecessor-report.ts'
import type { PredecessorSource, PredecessorTable } from './predecessor-source.ts'

export type PredecessorDeps = AuditDeps & { readonly database: Database; readonly eventLog: EventLog }

/** Maps an id of the predecessor to the new one. `path`: the path of an image, as the predecessor stored it. */
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
  /** Also brings users as accounts that they are invited to take over. Default: no. */
  readonly withPeople?: boolean
  /** Folder or archive with the images; null, the default: they are only listed. */
  readonly pictures?: string | null
  readonly onMapped?: (mapping: PredecessorMapping) => void
}

/** An import in progress. */
export type PredecessorRun = Required<Omit<PredecessorInput, 'pictures'>> & {
  readonly deps: PredecessorDeps
  readonly counts: Readonly<Record<PredecessorTable, Counting>>
  /** Capacities of the imported zones, by the predecessor's id. */
  readonly zones: Map<string, number | null>
  /** Users with imported reports. */
  readonly users: Set<string>
  /** The predecessor's ids of the imported reports; null unless images are copied. */
  readonly reports: Set<string> | null
  readonly warnings: RejectedRow[]
  readonly capacity: { read: number; imported: number; rejected: number }
}
