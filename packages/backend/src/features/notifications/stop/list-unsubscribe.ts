import { paths } from '@kickstand/contract'
import type { NotificationKind } from '@kickstand/domain'
import { writeStopSecret } from './stop-address.ts'

/**
 * The headers with which a mail program offers to turn a kind off with one tap (RFC 2369, RFC 8058), for mail to an account.
 * `key`: see `createStopKey`; `origin`: of this service.
 */
export function listUnsubscribeHeaders(
  key: string,
  origin: string,
  accountId: string,
  kind: NotificationKind,
): Readonly<Record<string, string>> {
  const secret = writeStopSecret(key, { channel: 'mail', id: accountId, kind })
  return {
    'List-Unsubscribe': `<${origin}${paths.notificationStop(secret)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}
