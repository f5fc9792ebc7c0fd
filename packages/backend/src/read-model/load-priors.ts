import { decodePrior } from '@kickstand/domain'
import type { DbReader, Row } from '#db/schema.ts'
import type { BoardWriter } from './board-types.ts'

const PAGE = 100

/** Loads all stored priors: the active ones, and those of checkpoints. */
export async function loadPriors(tx: DbReader, board: BoardWriter): Promise<void> {
  for (let after = 0; ;) {
    const rows = await tx
      .selectFrom('priors')
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

/** Loads these priors. */
export async function loadPriorsOf(db: DbReader, board: BoardWriter, numbers: readonly number[]): Promise<void> {
  for (let from = 0; from < numbers.length; from += PAGE) {
    const some = numbers.slice(from, from + PAGE)
    put(board, await db.selectFrom('priors').selectAll().where('number', 'in', some).execute())
  }
}

/** Skips priors in an unknown format: they are learned again. */
function put(board: BoardWriter, rows: readonly Row<'priors'>[]): void {
  board.putPriors(
    rows.flatMap(({ number, place, prior }) => {
      const read = decodePrior(prior)
      return read === null ? [] : { number, place, prior: read }
    }),
  )
}
