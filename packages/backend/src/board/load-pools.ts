import { decodePrior } from '@kickstand/domain'
import type { DbReader, PoolsTable } from '#db/schema.ts'
import type { Board } from './board.ts'

const PAGE = 100

/** Puts all stored pools on the board: those in force, and those that checkpoints rest on. */
export async function loadPools(tx: DbReader, board: Board): Promise<void> {
  for (let after = 0; ;) {
    const rows = await tx
      .selectFrom('pools')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(PAGE)
      .execute()
    put(board, rows)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.number
  }
}

/** Puts these pools on the board. */
export async function loadPoolsOf(db: DbReader, board: Board, numbers: readonly number[]): Promise<void> {
  for (let from = 0; from < numbers.length; from += PAGE) {
    const some = numbers.slice(from, from + PAGE)
    put(board, await db.selectFrom('pools').selectAll().where('number', 'in', some).execute())
  }
}

/** Pools of a formula that this code does not know are left out: they are learned anew. */
function put(board: Board, rows: readonly PoolsTable[]): void {
  board.putPools(
    rows.flatMap(({ number, place, prior }) => {
      const read = decodePrior(prior)
      return read === null ? [] : { number, place, prior: read }
    }),
  )
}
