import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readChoices, replaceChoice } from '../preference-store.ts'
import { findSubscription } from '../push/push-store.ts'
import { personOf, recipientKey } from '../recipient.ts'
import { readStopSecret } from './stop-address.ts'

type Deps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  /** The key of the signatures. */
  readonly stopKey: () => Promise<string>
}

/**
 * Turns off one kind for the channel in a signed address. Calling it again changes nothing. Throws `not-found` for an address
 * that this service did not make.
 */
export async function stopNotifications(deps: Deps, secret: string): Promise<void> {
  const stop = readStopSecret(await deps.stopKey(), secret)
  if (stop === null)
    throw new DomainError(
      'not-found',
      'This address does not turn off any notifications. Use the complete address from the message.',
    )
  const { channel, id, kind } = stop
  const choice = { kind, channel, isOn: false }
  await runTransaction(deps, async (tx) => {
    const subscription = channel === 'push' ? await findSubscription(tx, id) : null
    // The subscription has ended, so there is nothing to turn off.
    if (subscription === undefined) return
    const person = subscription === null ? ({ kind: 'account', id } as const) : personOf(subscription.recipient)
    const key = recipientKey(person)
    const choices = await readChoices(tx, key)
    if (choices.some((one) => one.kind === kind && one.channel === channel && !one.isOn)) return
    await replaceChoice(tx, key, choice)
    if (person.kind === 'rider') return
    const actor = { kind: 'link', name: 'the address in a notification' } as const
    const before = { ...choice, isOn: true }
    await writeEntry(
      tx,
      { actor, clock: deps.clock },
      { action: 'notifications:stop', object: person, before, after: choice },
    )
  })
}
