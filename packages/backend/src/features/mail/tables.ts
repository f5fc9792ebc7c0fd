/** Messages to people, from the change that causes them until they are delivered. */
export type MailsTable = {
  id: string
  kind: string
  recipient: string
  subject: string
  /** Empty once it was sent or has expired: it can hold a link that works once. */
  text: string
  html: string
  state: 'waiting' | 'sent' | 'failed' | 'expired'
  attempts: number
  next_attempt_at: number
  /** What the mail server said last. */
  error: string | null
  created_at: number
  finished_at: number | null
}

declare module '#db/schema.ts' {
  interface Schema {
    mails: MailsTable
  }
}
