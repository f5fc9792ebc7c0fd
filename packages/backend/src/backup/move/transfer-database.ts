import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import { connectDatabase, engineFor, explained } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import { copyTable } from './copy-table.ts'
import { endState, identify } from './move-state.ts'
import { prepareTarget, requireSchema } from './prepare-target.ts'
import { reconcileTable, type Reconciled } from './reconcile.ts'
import { matchTables, readTables } from './tables.ts'

const ROWS_PER_COMMIT = 10_000

/** How far a move is. `copied` and `of` are rows of this table; `resumed`: those that were there when this run began. */
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
  /** Rows copied by this run; those of an earlier one that was cut off are not counted. */
  readonly copied: number
  readonly resumed: boolean
  readonly tables: readonly Reconciled[]
  /** Tables of the source that are not Kickstand's and were left. */
  readonly left: readonly string[]
  readonly equal: boolean
  /** Milliseconds. */
  readonly copyTook: number
  readonly checkTook: number
}

export type MoveInput = {
  /** Addresses as in KICKSTAND_DATABASE_URL. */
  readonly from: string
  readonly to: string
  /** Rows between two commits, at least; what an interruption can cost. */
  readonly rowsPerCommit?: number
  readonly onProgress?: (progress: MoveProgress) => void
}

/**
 * Copies everything from one database to an empty one, whatever their engines, and reads both again to compare them. The source is
 * only read, in one state, with no server on it. Cut off at any moment, the same call goes on. Until all is equal no server starts
 * on the target. Throws `invalid-request` and `database-unavailable` in one line for people.
 */
export async function transferDatabase(
  clock: Clock,
  { from, to, rowsPerCommit = ROWS_PER_COMMIT, onProgress = () => {} }: MoveInput,
): Promise<MoveReport> {
  const engine = engineFor(from)
  const target = connectDatabase(to, { patient: true })
  if (engine.label === target.engine.label) {
    throw new DomainError('invalid-request', 'Both addresses are of the same database. Name another one to move to.')
  }
  if (!engine.isThere()) throw new DomainError('invalid-request', `There is no database at ${engine.label}.`)
  try {
    const report = await engine.readWhole(async (source): Promise<MoveReport> => {
      await requireSchema(source, engine.label)
      const state = await prepareTarget(target, await identify(source), clock)
      const { tables, strange } = matchTables(await readTables({ db: source, engine }), await readTables(target))
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
        left: strange,
        equal,
        copyTook: checking - begun,
        checkTook: clock() - checking,
      }
    })
    // Only now is it certain that nobody else was at the source.
    if (report.equal) await endState(target)
    return report
  } catch (error) {
    throw explained(engine, error)
  } finally {
    await target.close()
  }
}
