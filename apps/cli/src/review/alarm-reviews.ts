import { listAlarms } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { alarmLine } from '#review-text.ts'
import type { ReviewKind } from './review-kind.ts'

/** Attempts to take zones away, gathered by place: nothing to decide, but to look into. */
export const alarmReviews: ReviewKind = {
  name: 'alarm',
  async list({ database: { db } }) {
    const alarms = await listAlarms({ db })
    return alarms.map((alarm) => ({ id: alarm.id, line: alarmLine(alarm) }))
  },
  async show({ database: { db } }, id) {
    const alarm = (await listAlarms({ db })).find((one) => one.id === `alarm:${id}`)
    if (alarm === undefined) throw new DomainError('review-not-found', `There is no alarm:${id} now.`)
    const zones = alarm.zoneIds.map((zoneId) => `  zone ${zoneId}`)
    const hint =
      'Its contributions are in "kickstand review list"; "review show contribution:ID" names riders and networks to undo.'
    return { text: [alarmLine(alarm), ...zones, hint], body: alarm }
  },
  accept: refuse,
  reject: refuse,
}

async function refuse(): Promise<never> {
  throw new DomainError(
    'invalid-request',
    'An alarm is not accepted or rejected: decide its contributions, or take back what a rider or a network said (review undo).',
  )
}
