import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import type { AuditDeps } from '#audit/write-entry.ts'
import { connectDatabase, engineFor, explainError } from '#db/open-database.ts'
import { copyTable } from './copy-table.ts'
import { endState, identify } from './move-state.ts'
import { prepareTarget, requireSchema } from './prepare-target.ts'
import { reconcileTable, type Reconciled } from './reconcile.ts'
import { matchTables, readTables } from './tables.ts'

const ROWS_PER_COMMIT = 10_000

/** Progress of a move. `copied` and `of` are rows of this table; `resumed`: rows that an earlier run copied. */
export type MoveProgress =
  | {
      readonly step: 'copy'
      readonly table: string
      readonly copied: number
      readonly of: number
      readonly resumed: number
    }
  | { readonly step: 'check'; readonly table: string; readonly rows: number }

export type MoveReport = {
  readonly from: string
  readonly to: string
  /** Rows that this run copied, without those of an interrupted one. */
  readonly copied: number
  readonly resumed: boolean
  readonly tables: readonly Reconciled[]
  /** Tables of the source that are not Kickstand's and were not copied. */
  readonly unknownTables: readonly string[]
  readonly equal: boolean
  /** Milliseconds. */
  readonly copyTook: number
  readonly checkTook: number
}

export type MoveInput = {
  /** Database URLs, as in KICKSTAND_DATABASE_URL. */
  readonly from: string
  readonly to: string
  /** Minimum number of rows between two commits: what an interruption can lose. */
  readonly rowsPerCommit?: number
  readonly onProgress?: (progress: MoveProgress) => void
}

/**
 * Copies all data from one database to an empty one of any engine, and reads both again to compare them. The source is
 * only read, as one snapshot, with no server running on it. After an interruption, call it again to continue. No server
 * starts on the target until both are equal; then the target gets the audit entry of the move. Throws `invalid-request`
 * and `database-unavailable` with a message in one line.
 */
export async function transferDatabase(
  audit: AuditDeps,
  { from, to, rowsPerCommit = ROWS_PER_COMMIT, onProgress = () => {} }: MoveInput,
): Promise<MoveReport> {
  const { clock } = audit
  const engine = engineFor(from)
  const target = connectDatabase(to, { noTimeout: true })
  if (engine.label === target.engine.label) {
    throw new DomainError('invalid-request', 'Both URLs are of the same database. Name another target.')
  }
  if (!engine.isThere()) throw new DomainError('invalid-request', `There is no database at ${engine.label}.`)
  try {
    const report = await engine.readExclusively(async (source): Promise<MoveReport> => {
      await requireSchema(source, engine.label)
      const state = await prepareTarget(target, await identify(source), clock)
      const { tables, unknownTables } = matchTables(await readTables({ db: source, engine }), await readTables(target))
      const begun = clock()
      let copied = 0
      for (const table of tables) {
        const before = state.tables.get(table.name) ?? { cursor: null, rows: 0, done: false }
        if (before.done) continue
        const { rows } = await sql<{ rows: number }>`
          select count(*) as ${sql.ref('rows')} from ${sql.table(table.name)}`.execute(source)
        const of = rows[0]?.rows ?? 0
        let now = before.rows
        await copyTable(source, target, table, before, rowsPerCommit, (count) => {
          now = count
          onProgress({ step: 'copy', table: table.name, copied: count, of, resumed: before.rows })
        })
        copied += now - before.rows
      }
      const checking = clock()
      const reconciled: Reconciled[] = []
      for (const table of tables) {
        const pair = await reconcileTable(source, target.db, table)
        onProgress({ step: 'check', table: table.name, rows: pair.source.rows })
        reconciled.push(pair)
      }
      const equal = reconciled.every((pair) => pair.equal)
      return {
        from: engine.label,
        to: target.engine.label,
        copied,
        resumed: state.tables.size > 0,
        tables: reconciled,
        unknownTables,
        equal,
        copyTook: checking - begun,
        checkTook: clock() - checking,
      }
    })
    const rows = report.tables.reduce((sum, { source }) => sum + source.rows, 0)
    // Only now is it certain that no server used the source.
    if (report.equal) await endState(target, audit, { from: report.from, to: report.to, rows })
    return report
  } catch (error) {
    throw explainError(engine, error)
  } finally {
    await target.close()
  }
}
