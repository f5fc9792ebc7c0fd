import type { AuditDeps } from '#audit/write-entry.ts'
import type { Tx } from '#db/schema.ts'
import { queueMail, type Recipient } from '#features/mail/queue-mail.ts'
import type { NewId } from '#platform/ids.ts'
import { addressOfLink, type CreatedLink } from './create-link.ts'

/** `origin`: of the service, such as https://parking.example; the addresses of links begin with it. */
export type MailLinkDeps = AuditDeps & { readonly newId: NewId; readonly origin: string }

type LinkToMail = Pick<CreatedLink, 'id' | 'secret'>

/**
 * Mails an invitation, in the transaction that creates its link. The mail has the id of the link, so that its text is deleted
 * when the link ends. `organisation`: its name; null for the platform.
 */
export async function mailInvitation(
  tx: Tx,
  deps: MailLinkDeps,
  to: Recipient,
  { id, secret }: LinkToMail,
  organisation: string | null,
): Promise<void> {
  const link = addressOfLink(deps.origin, 'invitation', secret)
  await queueMail(tx, deps, to, { kind: 'invitation', link, by: deps.actor.name, organisation }, id)
}

/** Mails the link with which a person sets new credentials, as `mailInvitation` does. */
export async function mailRecovery(
  tx: Tx,
  deps: MailLinkDeps,
  to: Recipient,
  { id, secret }: LinkToMail,
): Promise<void> {
  await queueMail(tx, deps, to, { kind: 'recovery', link: addressOfLink(deps.origin, 'recovery', secret) }, id)
}
