import type { RejectedRow } from '@kickstand/domain'
import { plainName, type LegacyFault, type LegacyRecord, type LegacyTable } from './legacy-source.ts'

/** What became of one table: `read` is the sum of the other three. */
export type LegacyCount = {
  readonly read: number
  readonly taken: number
  /** Brought by an earlier run of the same import. */
  readonly already: number
  readonly refused: number
  /** How many were refused for each reason, and the first of them. */
  readonly reasons: Readonly<Record<string, number>>
  readonly examples: readonly RejectedRow[]
  /** Columns that were there and were not taken. */
  readonly leftColumns: readonly string[]
}

export type LegacyReport = {
  /** The id to roll back with. */
  readonly id: string
  readonly from: string
  readonly dryRun: boolean
  readonly tables: Readonly<Record<LegacyTable, LegacyCount>>
  /** Tables of names that mean nothing to us. */
  readonly strange: readonly string[]
  /** Doubts about zones that were taken all the same. */
  readonly warnings: readonly RejectedRow[]
  /** Sums of the known capacities. */
  readonly capacity: { readonly read: number; readonly taken: number; readonly refused: number }
  /** Counted in the database afterwards; null in a dry run. */
  readonly stored: { readonly zones: number; readonly spaces: number; readonly reports: number } | null
  /** Whether all counts and sums agree. */
  readonly agrees: boolean
}

const MOST_EXAMPLES = 200

/** A count under way. Callers add to the three figures. */
export type Counting = {
  /** Plain names of the columns that were asked for. */
  readonly used: Set<string>
  read: number
  taken: number
  already: number
  see(record: LegacyRecord): void
  refuse(where: string, reason: string): void
  /** A row that cannot be read, or all that would have followed. */
  fault(row: LegacyFault): void
  end(): LegacyCount
}

export function startCounting(): Counting {
  const columns = new Map<string, string>()
  const reasons = new Map<string, number>()
  const examples: RejectedRow[] = []
  const counting: Counting = {
    used: new Set(),
    read: 0,
    taken: 0,
    already: 0,
    see({ fields }) {
      counting.read += 1
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) columns.set(plainName(name), name)
    },
    refuse(where, reason) {
      // Figures differ from row to row; the reason is the same.
      const kind = reason.replaceAll(/-?\d+(?:\.\d+)?/g, '…')
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1)
      if (examples.length < MOST_EXAMPLES) examples.push({ where, reason })
    },
    fault({ where, fault, broken }) {
      if (broken !== true) counting.read += 1
      counting.refuse(where, fault)
    },
    end: () => ({
      read: counting.read,
      taken: counting.taken,
      already: counting.already,
      refused: [...reasons.values()].reduce((sum, count) => sum + count, 0),
      reasons: Object.fromEntries(reasons),
      examples,
      leftColumns: [...columns.entries()]
        .filter(([plain]) => !counting.used.has(plain))
        .map(([, name]) => name)
        .toSorted(),
    }),
  }
  return counting
}
