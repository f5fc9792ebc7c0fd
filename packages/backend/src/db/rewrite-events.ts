import type { KickstandEvent, ReportEvent } from './events.ts'
import type { Tx } from './schema.ts'

/**
 * Changes the stored events that name a rider, so that none does any more: `toReport` gives a report its new reporter, and
 * `newId` stands for the rider elsewhere. Reads all stored events; they are deleted minutes after every server has read them.
 */
export async function rewriteEventsOf(
  tx: Tx,
  riderId: string,
  newId: string,
  toReport: (report: ReportEvent) => ReportEvent,
): Promise<void> {
  const rows = await tx
    .selectFrom('events')
    .select(['producer', 'seq', 'type', 'payload'])
    .where('payload', 'like', `%${riderId}%`)
    .execute()
  for (const { producer, seq, type, payload } of rows) {
    // Written by `event-log.ts` from the same type.
    const event = { ...(JSON.parse(payload) as object), type } as KickstandEvent
    const { type: _type, ...rewritten } = rewrite(event, riderId, newId, toReport)
    await tx
      .updateTable('events')
      .set({ payload: JSON.stringify(rewritten) })
      .where('producer', '=', producer)
      .where('seq', '=', seq)
      .execute()
  }
}

function rewrite(
  event: KickstandEvent,
  riderId: string,
  newId: string,
  toReport: (report: ReportEvent) => ReportEvent,
): KickstandEvent {
  if (event.type === 'reports' || event.type === 'erasure') {
    return { ...event, reports: event.reports.map((one) => (one.riderId === riderId ? toReport(one) : one)) }
  }
  if (event.type === 'decision') return { ...event, subject: event.subject.replace(riderId, newId) }
  return event
}
