import type { NotificationPreferencesBody, NotificationPreferencesInput } from '@kickstand/contract'
import { checkChannelChoices, listChannels, readQuietHours, writeTimeOfDay } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, DbReader } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { findQuietHours, readChoices, replaceChoices, replaceQuietHours } from './preference-store.ts'
import { recipientKey, type Person } from './recipient.ts'

/** The notification settings of a person. */
export async function showPreferences(db: DbReader, person: Person): Promise<NotificationPreferencesBody> {
  const key = recipientKey(person)
  const quiet = await findQuietHours(db, key)
  return {
    channels: listChannels(person.kind, await readChoices(db, key)),
    quietHours:
      quiet === null
        ? null
        : { from: writeTimeOfDay(quiet.from), until: writeTimeOfDay(quiet.until), timeZone: quiet.timeZone },
  }
}

/**
 * Replaces the notification settings of a person. `actor`: null for a rider, whose settings are not audited. Throws
 * `invalid-request`.
 */
export async function savePreferences(
  deps: { readonly db: Db; readonly engine: Engine; readonly clock: Clock; readonly actor: Actor | null },
  person: Person,
  input: NotificationPreferencesInput,
): Promise<NotificationPreferencesBody> {
  const { clock, actor } = deps
  checkChannelChoices(person.kind, input.channels)
  const quiet = input.quietHours === null ? null : readQuietHours(input.quietHours)
  const key = recipientKey(person)
  return runTransaction(deps, async (tx) => {
    const before = await showPreferences(tx, person)
    await replaceChoices(tx, key, input.channels)
    await replaceQuietHours(tx, key, quiet)
    const after = await showPreferences(tx, person)
    if (actor !== null)
      await writeEntry(tx, { actor, clock }, { action: 'notifications:change', object: person, before, after })
    return after
  })
}
