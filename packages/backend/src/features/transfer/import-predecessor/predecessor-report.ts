import type { RejectedRow } from '@kickstand/domain'
import {
  plainName,
  type PredecessorFault,
  type PredecessorRecord,
  type PredecessorTable,
} from './predecessor-source.ts'

/** The counts of one table: `read` is the sum of the other three. */
export type PredecessorCount = {
  readonly read: number
  readonly imported: number
  /** Imported by an earlier run of the same import. */
  readonly alreadyImported: number
  readonly rejected: number
  /** Number of rejected rows by reason, and examples. */
  readonly reasons: Readonly<Record<string, number>>
  readonly examples: readonly RejectedRow[]
  /** Columns that were not imported. */
  readonly ignoredColumns: readonly string[]
}

/** The result of an import. */
export type PredecessorReport = {
  /** The id for a rollback. */
  readonly id: string
  readonly from: string
  readonly dryRun: boolean
  readonly tables: Readonly<Record<PredecessorTable, PredecessorCount>>
  /** Users who became accounts to take over; null unless that was requested. The two numbers are of new ones. */
  readonly people: (PredecessorCount & { readonly proposedAdmins: number; readonly withoutPassword: number }) | null
  /** The files from which images were copied, with those that were rejected; null unless that was requested. */
  readonly pictures: {
    readonly from: string
    readonly files: number
    /** Named by no row. */
    readonly unused: number
    readonly rejected: number
    readonly examples: readonly RejectedRow[]
  } | null
  /** Tables with unknown names. */
  readonly unknownTables: readonly string[]
  /** Warnings about imported zones. */
  readonly warnings: readonly RejectedRow[]
  /** Sums of the known capacities. */
  readonly capacity: { readonly read: number; readonly imported: number; readonly rejected: number }
  /** Counted in the database afterwards; null in a dry run. */
  readonly stored: { readonly zones: number; readonly spaces: number; readonly reports: number } | null
  /** Whether all counts and sums agree. */
  readonly agrees: boolean
}

const MAX_EXAMPLES = 200

/** A count in progress. Callers increase `imported` and `alreadyImported`; the methods count the rest. */
export type Counting = {
  /** Normalised names of the columns that were read. */
  readonly used: Set<string>
  read: number
  imported: number
  alreadyImported: number
  /** Counts a row that was read, and records its columns. */
  see(record: PredecessorRecord): void
  /** Counts a rejected row by its reason. */
  reject(where: string, reason: string): void
  /** Counts an unreadable row, or the truncated rest of a file. */
  fault(row: PredecessorFault): void
  end(): PredecessorCount
}

/** Starts to count the rows of one table. */
export function startCounting(): Counting {
  const columns = new Map<string, string>()
  const reasons = new Map<string, number>()
  const examples: RejectedRow[] = []
  const counting: Counting = {
    used: new Set(),
    read: 0,
    imported: 0,
    alreadyImported: 0,
    see({ fields }) {
      counting.read += 1
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) columns.set(plainName(name), name)
    },
    reject(where, reason) {
      // Numbers are removed, so that rows with the same reason are counted together.
      const kind = reason.replaceAll(/-?\d+(?:\.\d+)?/g, '…')
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1)
      if (examples.length < MAX_EXAMPLES) examples.push({ where, reason })
    },
    fault({ where, fault, broken }) {
      if (broken !== true) counting.read += 1
      counting.reject(where, fault)
    },
    end: () => ({
      read: counting.read,
      imported: counting.imported,
      alreadyImported: counting.alreadyImported,
      rejected: [...reasons.values()].reduce((sum, count) => sum + count, 0),
      reasons: Object.fromEntries(reasons),
      examples,
      ignoredColumns: [...columns.entries()]
        .filter(([plain]) => !counting.used.has(plain))
        .map(([, name]) => name)
        .toSorted(),
    }),
  }
  return counting
}
