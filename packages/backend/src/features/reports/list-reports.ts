import type { ReportsBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { ZoneReader } from '#read-model/board-types.ts'
import type { Db } from '#db/schema.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import { toReportBody } from './report-body.ts'
import { listForZone } from './report-store.ts'

/** A zone's reports, newest first, a page at a time. Throws `zone-not-found`. */
export async function listReports(
  { board, db }: { board: ZoneReader; db: Db },
  zoneId: string,
  cursor: string | undefined,
  limit: number,
): Promise<ReportsBody> {
  const row = rowOfZone(board, zoneId)
  const found = await listForZone(db, board.id(row), readCursor(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const more = found.length > limit && last !== undefined
  return {
    reports: page.map(toReportBody),
    nextCursor: more ? Buffer.from(`${last.observed_at}:${last.id}`).toString('base64url') : null,
  }
}

function readCursor(cursor: string | undefined): { observedAt: number; id: string } | null {
  if (cursor === undefined) return null
  const parts = /^(\d{1,16}):([0-9a-z]{1,32})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (parts === null) {
    const message = 'is not a cursor of this service; start again without it'
    throw new DomainError('invalid-request', `The value of cursor ${message}.`, [{ pointer: '?cursor', message }])
  }
  return { observedAt: Number(parts[1]), id: parts[2] }
}
