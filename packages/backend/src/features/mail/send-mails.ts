import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteFinishedMails, expireMails, finishMail, markAttempt, readDueMails } from './mail-store.ts'
import type { MailTransport } from './open-transport.ts'
import type { MailsTable } from './tables.ts'

const PAGE = 50
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Delays between attempts. If the attempt after the last delay fails, the mail has failed. */
const RETRY_AFTER_MS = [1, 5, 15, 60, 240, 720, 1440].map((minutes) => minutes * MINUTE_MS)
/** The links in mails do not last longer. */
const EXPIRE_AFTER_MS = 7 * DAY_MS
const DELETE_AFTER_MS = 30 * DAY_MS
const MAX_ERROR_LENGTH = 500

type Deps = {
  readonly db: Db
  readonly clock: Clock
  /** null if no mail server is configured; mails then wait. */
  readonly transport: MailTransport | null
  /** Sender, such as `Kickstand <no-reply@parking.example>`. */
  readonly from: string
}

/**
 * Sends the mails that are due. A temporary rejection (4xx) and a failure of the connection are tried again later, a
 * permanent rejection (5xx) of the recipient or the content is not. If the process is killed after the mail server has
 * accepted a mail, it is sent again with the same Message-ID.
 */
export async function sendMails({ db, clock, transport, from }: Deps, signal?: AbortSignal): Promise<void> {
  await expireMails(db, clock() - EXPIRE_AFTER_MS, clock())
  await deleteFinishedMails(db, clock() - DELETE_AFTER_MS)
  if (transport === null) return
  for (const mail of await readDueMails(db, clock(), PAGE)) {
    if (signal?.aborted === true) return
    await sendOne({ db, clock, transport, from }, mail)
  }
}

async function sendOne(
  { db, clock, transport, from }: Deps & { readonly transport: MailTransport },
  { id, recipient, subject, text, html, attempts }: MailsTable,
): Promise<void> {
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>.*$/, '')
  try {
    await transport.sendMail({
      from,
      // An object, because a string would be parsed as a list of addresses.
      to: { name: '', address: recipient },
      subject,
      text,
      html,
      messageId: `<${id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    await finishMail(db, id, { state: 'sent', finished_at: clock(), error: null, attempts: attempts + 1 })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
    const delay = isPermanent(error) ? undefined : RETRY_AFTER_MS[attempts]
    const made = { attempts: attempts + 1, error: reason }
    if (delay === undefined) await finishMail(db, id, { state: 'failed', finished_at: clock(), ...made })
    else await markAttempt(db, id, { next_attempt_at: clock() + delay, ...made })
  }
}

/** A rejection of this mail (RFC 5321 §4.2.1). A rejected login does not count, because it is a fault of the settings. */
function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false
  return Number(error.responseCode) >= 500 && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
}
