import { createHmac, timingSafeEqual } from 'node:crypto'
import { isNotificationKind, type NotificationKind } from '@kickstand/domain'

/** What a stop address turns off: a kind of notification, for a push subscription or for the mail to an account. */
export type Stop = { readonly channel: 'push' | 'mail'; readonly id: string; readonly kind: NotificationKind }

/**
 * The secret part of an address that turns off one kind. It is signed, so that nobody can create one for another person. It
 * contains all necessary data, so that nothing has to be stored.
 */
export function writeStopSecret(key: string, { channel, id, kind }: Stop): string {
  const stop = `${channel}.${id}.${kind}`
  return `${stop}.${sign(key, stop)}`
}

/** Null if `writeStopSecret` did not create the text with this key. */
export function readStopSecret(key: string, secret: string): Stop | null {
  const [, stop = '', channel, id = '', kind = '', signature = ''] =
    /^((push|mail)\.([0-9a-z]{1,32})\.([a-z-]{1,32}))\.([\w-]{43})$/.exec(secret) ?? []
  if (channel === undefined || !isNotificationKind(kind)) return null
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(key, stop)))) return null
  return { channel: channel === 'mail' ? 'mail' : 'push', id, kind }
}

function sign(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}
