import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readMail, readMails } from './mail-store.ts'
import type { MailsTable } from './tables.ts'

/** A mail without its content. Times in RFC 3339. */
export type ListedMail = {
  readonly id: string
  readonly kind: string
  readonly to: string
  readonly subject: string
  readonly state: MailsTable['state']
  readonly attempts: number
  readonly error: string | null
  readonly createdAt: string
  readonly finishedAt: string | null
}

/** The newest mails. `state`: only mails in this state. */
export async function listMails(
  db: DbReader,
  { limit, state = null }: { readonly limit: number; readonly state?: MailsTable['state'] | null },
): Promise<ListedMail[]> {
  return (await readMails(db, { before: null, limit, state })).map(toListed)
}

/** A mail with its text, which is empty once it was sent. Throws `not-found`. */
export async function showMail(db: DbReader, id: string): Promise<ListedMail & { readonly text: string }> {
  const row = await readMail(db, id)
  if (row === undefined)
    throw new DomainError('not-found', `There is no mail ${id}. "npx kickstand mail list" lists them.`)
  return { ...toListed(row), text: row.text }
}

function toListed(row: MailsTable): ListedMail {
  const { id, kind, recipient, subject, state, attempts, error } = row
  return {
    id,
    kind,
    to: recipient,
    subject,
    state,
    attempts,
    error,
    createdAt: new Date(row.created_at).toISOString(),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
  }
}
