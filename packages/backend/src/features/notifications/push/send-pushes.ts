import { paths } from '@kickstand/contract'
import { endOfQuietHours, isChannelOn, NOTIFICATION_KINDS } from '@kickstand/domain'
import webPush from 'web-push'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'
import { describeNotice } from '../describe-notice.ts'
import { findQuietHours, readChoices } from '../preference-store.ts'
import { writeStopSecret } from '../stop/stop-address.ts'
import { readNotice, type Notice } from '../stored-notice.ts'
import { isPublicName } from './check-subscription.ts'
import { postPush, type PushAnswer, type PushRequest, type PushTransport } from './post-push.ts'
import type { PushKeys } from './push-keys.ts'
import { nextAttemptAt, outcomeOf, type PushOutcome } from './push-outcome.ts'
import { pushPayload } from './push-payload.ts'
import { PrivateAddressError } from './public-lookup.ts'
import { delayMessage, deleteMessage, deleteSubscription, readDueMessages, type DueMessage } from './push-store.ts'

const PAGE = 100
/** Messages sent in parallel, so that a slow push service does not delay the others. */
const CONCURRENT = 8

export type SendPushesDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly log: Pick<Logger, 'warn'>
  readonly transport: PushTransport
  readonly pushKeys: () => Promise<PushKeys>
  readonly stopKey: () => Promise<string>
  /** The origin of this service, for the addresses in messages. */
  readonly origin: string
}

/**
 * Sends the push messages that are due, each at most once to a push service that answers. Messages wait while their
 * recipient has quiet hours, and are dropped once the recipient has turned the kind off.
 */
export async function sendPushes(deps: SendPushesDeps, signal: AbortSignal): Promise<void> {
  for (;;) {
    const due = await readDueMessages(deps.db, deps.clock(), PAGE)
    const waiting = due.values()
    const work = async (): Promise<void> => {
      for (const message of waiting) {
        if (signal.aborted) return
        await sendOne(deps, message, signal)
      }
    }
    await Promise.all(Array.from({ length: CONCURRENT }, work))
    if (signal.aborted || due.length < PAGE) return
  }
}

async function sendOne(deps: SendPushesDeps, message: DueMessage, signal: AbortSignal): Promise<void> {
  const { db, clock } = deps
  const now = clock()
  const notice = readNotice(message)
  if (notice === null || message.expires_at <= now) return deleteMessage(db, message)
  if (!isChannelOn(notice.kind, 'push', await readChoices(db, message.recipient))) return deleteMessage(db, message)
  const quiet = await findQuietHours(db, message.recipient)
  const quietUntil = quiet === null ? null : endOfQuietHours(quiet, now)
  if (quietUntil !== null) return delayMessage(db, message, { next_attempt_at: quietUntil })
  const { outcome, answer } = await deliver(deps, message, notice, signal)
  // It is unknown whether the service accepted it. The next run sends it again, and its tag makes it replace the first one.
  if (signal.aborted && answer === null) return
  switch (outcome) {
    case 'gone':
      return runTransaction(deps, (tx) => deleteSubscription(tx, message.subscription_id))
    case 'retry': {
      const attempts = message.attempts + 1
      return delayMessage(db, message, { attempts, next_attempt_at: nextAttemptAt(attempts, answer, clock()) })
    }
    case 'delivered':
    case 'failed':
      return deleteMessage(db, message)
  }
}

type Delivery = { readonly outcome: PushOutcome; readonly answer: PushAnswer | null }

async function deliver(
  deps: SendPushesDeps,
  message: DueMessage,
  notice: Notice,
  signal: AbortSignal,
): Promise<Delivery> {
  const { hostname } = new URL(message.endpoint)
  const warn = (reason: object): void =>
    deps.log.warn({ ...reason, service: hostname, kind: message.kind }, 'a push message was not delivered')
  // A connection to an IP address needs no lookup, so it would bypass the check that protects the internal network.
  if (!isPublicName(hostname)) return { outcome: 'failed', answer: null }
  const details = await encrypt(deps, message, notice)
  try {
    const answer = await postPush(deps.transport, details, signal)
    const outcome = outcomeOf(answer.status)
    if (outcome === 'failed' || outcome === 'retry') warn({ status: answer.status })
    return { outcome, answer }
  } catch (error) {
    if (!signal.aborted) warn({ err: error })
    return { outcome: error instanceof PrivateAddressError ? 'failed' : 'retry', answer: null }
  }
}

/** The encrypted message (RFC 8291) with the signature of this service (RFC 8292). */
async function encrypt(deps: SendPushesDeps, message: DueMessage, notice: Notice): Promise<PushRequest> {
  const { endpoint, p256dh, auth, subscription_id: id, notification_id, language } = message
  const { kind } = notice
  const stop = paths.notificationStop(writeStopSecret(await deps.stopKey(), { channel: 'push', id, kind }))
  const payload = pushPayload(describeNotice(notice, language), { id: notification_id, origin: deps.origin, stop })
  const keys = await deps.pushKeys()
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    vapidDetails: { subject: subjectOf(deps.origin), ...keys },
    TTL: Math.floor((message.expires_at - deps.clock()) / 1000),
    urgency: NOTIFICATION_KINDS[kind].urgency,
    contentEncoding: webPush.supportedContentEncodings.AES_128_GCM,
  })
  return { endpoint, headers, body }
}

/** The contact of this sender for push services: an https address, or a mail address if there is none. */
function subjectOf(origin: string): string {
  return origin.startsWith('https:') ? origin : 'mailto:nobody@localhost'
}
