import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { writeMail, type Mail } from './mail-kinds.ts'
import { insertMail } from './mail-store.ts'
import { mailLanguage } from './mail-texts.ts'
import { renderMail } from './render-mail.ts'

/** `email`: as `readEmail` returns it. `language`: that of the account. */
export type Recipient = { readonly email: string; readonly language: string }

/**
 * Queues a mail in the transaction of the change that causes it, so that the mail is sent if and only if the change is
 * stored. If no mail server is configured, the mail waits, and `kickstand mail list` shows it.
 * `id`: to find the mail again; a new one by default.
 * @returns its id
 */
export async function queueMail(
  tx: Tx,
  { clock, newId }: { readonly clock: Clock; readonly newId: NewId },
  { email, language }: Recipient,
  mail: Mail,
  id = newId(),
): Promise<string> {
  const { subject, ...content } = writeMail(mail, mailLanguage(language))
  const now = clock()
  await insertMail(tx, {
    id,
    kind: mail.kind,
    recipient: email,
    subject,
    ...renderMail(content),
    state: 'waiting',
    attempts: 0,
    next_attempt_at: now,
    error: null,
    created_at: now,
    finished_at: null,
  })
  return id
}
