/** Messages to people, from the change that causes them until they are delivered. */
export type MailsTable = {
  id: string
  kind: string
  recipient: string
  subject: string
  /** Empty once the mail was sent or has expired, because it can contain a one-time link. */
  text: string
  html: string
  state: 'waiting' | 'sent' | 'failed' | 'expired'
  attempts: number
  next_attempt_at: number
  /** The last answer of the mail server. */
  error: string | null
  created_at: number
  finished_at: number | null
}

declare module '#db/schema.ts' {
  interface Schema {
    mails: MailsTable
  }
}
