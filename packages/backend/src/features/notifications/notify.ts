import { isChannelOn, NOTIFICATION_KINDS, type NotificationKind, type NotificationParams } from '@kickstand/domain'
import { queueMail } from '#features/mail/queue-mail.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { describeNotice } from './describe-notice.ts'
import { insertNotification, trimNotifications } from './notification-store.ts'
import { readChoices } from './preference-store.ts'
import { insertMessage, readSubscriptions } from './push/push-store.ts'
import { recipientKey, type Recipient } from './recipient.ts'
import { readNotice } from './stored-notice.ts'

const HOUR_MS = 3_600_000
/** Maximum number of notifications in an inbox. New ones replace the oldest. */
const MAX_WAITING = 100

/** The recipients that a kind is for. */
type RecipientOf<K extends NotificationKind> = Extract<Recipient, { kind: (typeof NOTIFICATION_KINDS)[K]['audience'] }>

export type NewNotice<K extends NotificationKind> = {
  readonly recipient: RecipientOf<K>
  readonly kind: K
  readonly params: NotificationParams[K]
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * Notifies a person through the channels that they have turned on. Call it in the transaction of the cause, so that the
 * notification is stored if and only if the change is. Jobs send the mails and push messages.
 */
export async function notify<K extends NotificationKind>(
  tx: Tx,
  { newId }: { readonly newId: NewId },
  { recipient, kind, params, at }: NewNotice<K>,
): Promise<void> {
  const person: Recipient = recipient
  const key = recipientKey(person)
  const choices = await readChoices(tx, key)
  const id = newId()
  const said = { kind, params: JSON.stringify(params) }
  if (isChannelOn(kind, 'inbox', choices)) {
    await insertNotification(tx, { id, recipient: key, ...said, created_at: at, read_at: null })
    await trimNotifications(tx, key, MAX_WAITING)
  }
  const notice = readNotice(said)
  if (person.kind === 'account' && notice !== null && isChannelOn(kind, 'mail', choices)) {
    const { title, body } = describeNotice(notice, person.language)
    await queueMail(tx, { clock: () => at, newId }, person, { kind: 'notification', title, body })
  }
  if (isChannelOn(kind, 'push', choices)) {
    const expiresAt = at + NOTIFICATION_KINDS[kind].pushHours * HOUR_MS
    for (const subscription of await readSubscriptions(tx, key)) {
      await insertMessage(tx, {
        notification_id: id,
        subscription_id: subscription.id,
        ...said,
        attempts: 0,
        next_attempt_at: at,
        expires_at: expiresAt,
      })
    }
  }
}
