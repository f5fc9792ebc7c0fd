import { readCursors, type Cursors } from '#db/event-reader.ts'
import type { Database } from '#db/open-database.ts'
import type { Board } from './board-types.ts'
import { loadTrustAndCutoff } from './load-estimates.ts'
import { reloadZones } from './load-board.ts'
import { loadPriors } from './load-priors.ts'

const PAGE = 500

/**
 * Reloads a board that may have missed events, as of one moment of the database, and returns the cursors of that
 * moment. The zones of a page are off the map while they are read. Events applied meanwhile must be applied again:
 * their changes after that moment may be overwritten.
 */
export async function refreshBoard(database: Pick<Database, 'withoutTimeout'>, board: Board): Promise<Cursors> {
  return database.withoutTimeout((db) =>
    db
      .transaction()
      .setAccessMode('read only')
      .execute(async (tx) => {
        const cursors = await readCursors(tx)
        await loadPriors(tx, board)
        // Riders whose erasure is among the missed events are not in the database any more.
        board.reporters.clear()
        await loadTrustAndCutoff(tx, board)
        const found = new Set<string>()
        for (let after = ''; ;) {
          const rows = await tx
            .selectFrom('zones')
            .select('id')
            .where('id', '>', after)
            .orderBy('id')
            .limit(PAGE)
            .execute()
          const last = rows.at(-1)
          if (last === undefined) break
          const ids = rows.map(({ id }) => id)
          for (const id of ids) {
            found.add(id)
            board.forget(id)
          }
          await reloadZones(tx, board, ids)
          after = last.id
        }
        for (let row = 0; row < board.rows(); row += 1) {
          const id = board.id(row)
          if (board.isOnMap(row) && !found.has(id)) board.forget(id)
        }
        return cursors
      }),
  )
}
