import { isNotificationKind, type NotificationKind, type NotificationParams } from '@kickstand/domain'

/** The content of a notification: its kind with the parameters of that kind. */
export type Notice = {
  [K in NotificationKind]: { readonly kind: K; readonly params: NotificationParams[K] }
}[NotificationKind]

/** Reads what `notify` has stored; null for a kind that no longer exists. */
export function readNotice({ kind, params }: { readonly kind: string; readonly params: string }): Notice | null {
  return isNotificationKind(kind) ? { kind, params: JSON.parse(params) } : null
}
