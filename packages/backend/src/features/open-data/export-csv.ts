import type { Area } from '@kickstand/domain'
import { csvHeader, csvLine } from './csv.ts'
import { type OpenDataDeps } from './open-state.ts'
import { openZone } from './open-zone.ts'
import { selectZones } from './select-zones.ts'
import type { Terms } from './terms.ts'

/** Lines per chunk. Other requests are served between two chunks. */
const LINES_PER_CHUNK = 200

/** All zones, or those of an area, as CSV ordered by id. Holds a few hundred lines, even for a slow client. */
export async function* exportCsv(deps: OpenDataDeps, area: Area | null, terms: Terms): AsyncGenerator<string> {
  await deps.tail.catchUp()
  yield csvHeader()
  for await (const rows of selectZones(deps, area).batches('')) {
    for (let from = 0; from < rows.length; from += LINES_PER_CHUNK) {
      const lines: string[] = []
      for (const row of rows.slice(from, from + LINES_PER_CHUNK)) {
        if (deps.board.isOnMap(row)) lines.push(csvLine(openZone(deps.board, row, terms), terms))
      }
      if (lines.length > 0) yield lines.join('')
    }
  }
}
