import type { PushSubscriptionBody, PushSubscriptionInput } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, type NewId } from '#platform/ids.ts'
import { notificationLanguage } from '../notification-texts.ts'
import { recipientKey, type Person } from '../recipient.ts'
import type { PushSubscriptionsTable } from '../tables.ts'
import { checkSubscription } from './check-subscription.ts'
import {
  deleteSubscription,
  findByEndpoint,
  findSubscription,
  insertSubscription,
  readSubscriptions,
  updateSubscription,
} from './push-store.ts'

/**
 * Maximum number of subscriptions of a person. New ones replace the oldest, because browsers change their endpoint without
 * notice.
 */
const MAX_SUBSCRIPTIONS = 10

export type SubscribeDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly newId: NewId
  /** null: a rider, whose settings are not audited. */
  readonly actor: Actor | null
}

/**
 * Sends push messages to a browser of a person from now on. If the endpoint belongs to another person, it is moved to this
 * one, because they use the browser now. Throws `invalid-request`.
 */
export async function subscribe(
  deps: SubscribeDeps,
  person: Person,
  input: PushSubscriptionInput,
): Promise<PushSubscriptionBody> {
  checkSubscription(input)
  const work = (): Promise<PushSubscriptionsTable> =>
    runTransaction(deps, (tx) => storeSubscription(tx, deps, person, input))
  const { id, created_at } = await work().catch((error: unknown) => {
    // Two requests with the same new endpoint: the second finds the row of the first.
    if (deps.engine.isDuplicate(error)) return work()
    throw error
  })
  return { id, createdAt: new Date(created_at).toISOString() }
}

async function storeSubscription(
  tx: Tx,
  { clock, newId, actor }: SubscribeDeps,
  person: Person,
  { endpoint, keys, language = 'en' }: PushSubscriptionInput,
): Promise<PushSubscriptionsTable> {
  const recipient = recipientKey(person)
  const hash = hashOfKey(endpoint)
  const columns = {
    p256dh: keys.p256dh.replace('=', ''),
    auth: keys.auth.replace('==', ''),
    language: notificationLanguage(person.kind, language),
  }
  const known = await findByEndpoint(tx, hash)
  if (known?.recipient === recipient) {
    await updateSubscription(tx, { id: known.id, ...columns })
    return known
  }
  if (known !== undefined) await deleteSubscription(tx, known.id)
  const others = await readSubscriptions(tx, recipient)
  for (const { id } of others.slice(0, Math.max(0, others.length + 1 - MAX_SUBSCRIPTIONS)))
    await deleteSubscription(tx, id)
  const row = { id: newId(), recipient, endpoint_hash: hash, endpoint, ...columns, created_at: clock() }
  await insertSubscription(tx, row)
  if (actor !== null) {
    const after = { subscriptionId: row.id, service: new URL(endpoint).hostname }
    await writeEntry(tx, { actor, clock }, { action: 'push-subscriptions:add', object: person, before: null, after })
  }
  return row
}

/** Ends a subscription of a person. Throws `not-found`. */
export async function unsubscribe(deps: Omit<SubscribeDeps, 'newId'>, person: Person, id: string): Promise<void> {
  const { clock, actor } = deps
  await runTransaction(deps, async (tx) => {
    const row = await findSubscription(tx, id)
    if (row?.recipient !== recipientKey(person))
      throw new DomainError('not-found', `You have no push subscription ${id}. It may have ended by itself.`)
    await deleteSubscription(tx, id)
    if (actor === null) return
    const before = { subscriptionId: id, service: new URL(row.endpoint).hostname }
    await writeEntry(tx, { actor, clock }, { action: 'push-subscriptions:remove', object: person, before, after: null })
  })
}
