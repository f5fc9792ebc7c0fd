import type { AuditDeps } from '#audit/write-entry.ts'
import type { Tx } from '#db/schema.ts'
import { queueMail, type Recipient } from '#features/mail/queue-mail.ts'
import type { NewId } from '#platform/ids.ts'
import { addressOfLink } from './create-link.ts'

/** `origin`: of the service, such as https://parking.example; the addresses of links begin with it. */
export type MailLinkDeps = AuditDeps & { readonly newId: NewId; readonly origin: string }

/** Mails an invitation, in the transaction that creates its link. `organisation`: its name; null for the platform. */
export async function mailInvitation(
  tx: Tx,
  deps: MailLinkDeps,
  to: Recipient,
  { secret, organisation }: { readonly secret: string; readonly organisation: string | null },
): Promise<void> {
  const link = addressOfLink(deps.origin, 'invitation', secret)
  await queueMail(tx, deps, to, { kind: 'invitation', link, by: deps.actor.name, organisation })
}

/** Mails the link with which a person sets new credentials, in the transaction that creates it. */
export async function mailRecovery(tx: Tx, deps: MailLinkDeps, to: Recipient, secret: string): Promise<void> {
  await queueMail(tx, deps, to, { kind: 'recovery', link: addressOfLink(deps.origin, 'recovery', secret) })
}
