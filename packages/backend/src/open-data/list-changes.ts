import type { ChangeBody, ChangesBody, ChangesQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import { changesAfter, type ChangePlace } from './open-data-store.ts'
import { type OpenDataDeps } from './open-state.ts'
import { openZone } from './open-zone.ts'
import { attributionOf, type Terms } from './terms.ts'

const DEFAULT_LIMIT = 500

/**
 * The zones that changed or went after a cursor, in the order of their last change, each as it is now. Reading on from the
 * answer's cursor misses no change, whoever writes meanwhile; a zone may come more than once. Throws `invalid-request` for a
 * cursor that is none.
 */
export async function listChanges(deps: OpenDataDeps, query: ChangesQuery, terms: Terms): Promise<ChangesBody> {
  const { board, db } = deps
  const limit = query.limit ?? DEFAULT_LIMIT
  const since = readPlace(query.since)
  const rows = await changesAfter(db, since, limit + 1)
  // After the positions: the board must not be older than the place that the cursor will name.
  await deps.tail.catchUp()
  const page = rows.slice(0, limit)
  const changes = page.map(({ zone_id, at }): ChangeBody => {
    const row = board.row(zone_id)
    return row === undefined || !board.isOnMap(row)
      ? { id: zone_id, deleted: true, at: toTimestamp(at) }
      : { ...openZone(board, row, terms), deleted: false, at: toTimestamp(at) }
  })
  const last = page.at(-1)
  return {
    changes,
    cursor: writePlace(last === undefined ? since : { position: last.position, zoneId: last.zone_id }),
    hasMore: rows.length > limit,
    attribution: attributionOf(
      changes.filter((change) => !change.deleted),
      terms,
    ),
  }
}

function writePlace({ position, zoneId }: ChangePlace): string {
  return Buffer.from(`changes:${position}:${zoneId}`).toString('base64url')
}

function readPlace(cursor: string | undefined): ChangePlace {
  if (cursor === undefined) return { position: 0, zoneId: '' }
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const [, position, zoneId] = /^changes:(\d{1,15}):([0-9a-z]{0,32})$/.exec(text) ?? []
  if (position === undefined || zoneId === undefined) {
    const message = 'is not a cursor that this service gave; leave it out to begin with all zones'
    throw new DomainError('invalid-request', `The value of since ${message}.`, [{ pointer: '?since', message }])
  }
  return { position: Number(position), zoneId }
}
