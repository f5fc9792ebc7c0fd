import type { ConsoleMessages } from '@kickstand/i18n'

type ActionKey<Id = keyof ConsoleMessages> = Id extends `audit.action.${infer Key}` ? Key : never

/** Each action of the audit log that has a sentence in the catalogue. */
const KEYS = {
  accounts_change: true,
  'accounts_change-roles': true,
  accounts_create: true,
  'accounts_end-sessions': true,
  accounts_erase: true,
  accounts_recover: true,
  accounts_recovery: true,
  accounts_restore: true,
  accounts_suspend: true,
  authenticators_confirm: true,
  authenticators_remove: true,
  authenticators_start: true,
  contributions_judge: true,
  databases_move: true,
  demos_create: true,
  demos_remove: true,
  identities_connect: true,
  identities_disconnect: true,
  'identity-providers_remove': true,
  'identity-providers_set': true,
  invitations_accept: true,
  invitations_create: true,
  invitations_revoke: true,
  'legacy-imports_create': true,
  'legacy-imports_undo': true,
  'legacy-people_bounce': true,
  'legacy-people_decline': true,
  'legacy-people_expire': true,
  'legacy-people_invite': true,
  links_create: true,
  matches_merge: true,
  matches_split: true,
  members_change: true,
  members_leave: true,
  members_remove: true,
  notifications_change: true,
  notifications_stop: true,
  organisations_change: true,
  organisations_create: true,
  passkeys_add: true,
  passkeys_remove: true,
  passwords_remove: true,
  passwords_set: true,
  'push-subscriptions_add': true,
  'push-subscriptions_remove': true,
  'recovery-codes_replace': true,
  reviews_accept: true,
  reviews_reject: true,
  reviews_undo: true,
  schemas_migrate: true,
  sessions_end: true,
  sessions_open: true,
  'sessions_step-up': true,
  sources_import: true,
  sources_remove: true,
  sources_undo: true,
  tokens_create: true,
  tokens_revoke: true,
  tokens_roll: true,
  zones_join: true,
  zones_split: true,
} as const satisfies Record<ActionKey, true>

function isKey(text: string): text is ActionKey {
  return Object.hasOwn(KEYS, text)
}

/** The known actions, such as `tokens:create`. */
export const AUDIT_ACTIONS: readonly string[] = Object.keys(KEYS).map((key) => key.replace('_', ':'))

/** The id of the sentence of an action; null for an action of a newer server. */
export function actionTextId(action: string): `audit.action.${ActionKey}` | null {
  const key = action.replace(':', '_')
  return isKey(key) ? `audit.action.${key}` : null
}
