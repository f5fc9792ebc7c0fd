import type { ChangeBody, ChangesBody, ChangesQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import { changesAfter, type ChangePosition } from '#db/read-zone-changes.ts'
import { type OpenDataDeps } from './open-state.ts'
import { openZone } from './open-zone.ts'
import { attributionOf, type Terms } from './terms.ts'

const DEFAULT_LIMIT = 500

/**
 * The zones that changed or were removed after a cursor, ordered by their last change, each with its current facts.
 * Continuing from the returned cursor misses no change, despite concurrent writes; a zone may come more than once.
 * Throws `invalid-request` for an invalid cursor.
 */
export async function listChanges(deps: OpenDataDeps, query: ChangesQuery, terms: Terms): Promise<ChangesBody> {
  const { board, db } = deps
  const limit = query.limit ?? DEFAULT_LIMIT
  const since = decodeCursor(query.since)
  const rows = await changesAfter(db, since, limit + 1)
  // After reading the positions: the board must not be older than the new cursor.
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
    cursor: encodeCursor(last === undefined ? since : { position: last.position, zoneId: last.zone_id }),
    hasMore: rows.length > limit,
    attribution: attributionOf(
      changes.filter((change) => !change.deleted),
      terms,
    ),
  }
}

function encodeCursor({ position, zoneId }: ChangePosition): string {
  return Buffer.from(`changes:${position}:${zoneId}`).toString('base64url')
}

function decodeCursor(cursor: string | undefined): ChangePosition {
  if (cursor === undefined) return { position: 0, zoneId: '' }
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  const [, position, zoneId] = /^changes:(\d{1,15}):([0-9a-z]{0,32})$/.exec(text) ?? []
  if (position === undefined || zoneId === undefined) {
    const message = 'is not a cursor of this service; leave it out to start with all zones'
    throw new DomainError('invalid-request', `The value of since ${message}.`, [{ pointer: '?since', message }])
  }
  return { position: Number(position), zoneId }
}
