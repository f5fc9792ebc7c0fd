import { listAlarms } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { alarmLine } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Pending removals, grouped by place. An alarm itself cannot be decided; its contributions can. */
export const alarmReviews: ReviewKind = {
  name: 'alarm',
  async list({ database: { db } }) {
    const alarms = await listAlarms({ db })
    return alarms.map((alarm) => ({ id: alarm.id, line: alarmLine(alarm) }))
  },
  async show({ database: { db } }, id) {
    const alarm = (await listAlarms({ db })).find((one) => one.id === `alarm:${id}`)
    if (alarm === undefined)
      throw new DomainError(
        'review-not-found',
        `There is no alarm:${id}. "kickstand review list" lists the current alarms.`,
      )
    const zones = alarm.zoneIds.map((zoneId) => `  zone ${zoneId}`)
    const hint =
      '"kickstand review list" lists its contributions; "review show contribution:ID" shows the ids of riders and networks for "review undo".'
    return { text: [alarmLine(alarm), ...zones, hint], body: alarm }
  },
  accept: rejectDecision,
  reject: rejectDecision,
}

async function rejectDecision(): Promise<never> {
  throw new DomainError(
    'invalid-request',
    'An alarm cannot be accepted or rejected. Decide its contributions, or undo those of a rider or a network (review undo).',
  )
}
