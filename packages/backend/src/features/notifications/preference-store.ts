import { isNotificationKind, NOTIFICATION_CHANNELS, type ChannelChoice, type QuietHours } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'

/** The choices of a person, without kinds that no longer exist. */
export async function readChoices(db: DbReader, recipient: string): Promise<ChannelChoice[]> {
  const rows = await db.selectFrom('notification_preferences').selectAll().where('recipient', '=', recipient).execute()
  return rows.flatMap(({ kind, channel: name, is_on }) => {
    const channel = NOTIFICATION_CHANNELS.find((one) => one === name)
    return channel === undefined || !isNotificationKind(kind) ? [] : [{ kind, channel, isOn: is_on === 1 }]
  })
}

/** Replaces all choices of a person. */
export async function replaceChoices(tx: Tx, recipient: string, choices: readonly ChannelChoice[]): Promise<void> {
  await tx.deleteFrom('notification_preferences').where('recipient', '=', recipient).execute()
  if (choices.length === 0) return
  const rows = choices.map(({ kind, channel, isOn }) => ({ recipient, kind, channel, is_on: Number(isOn) }))
  await tx.insertInto('notification_preferences').values(rows).execute()
}

/** Replaces the choice of a person for one channel of a kind. */
export async function replaceChoice(tx: Tx, recipient: string, { kind, channel, isOn }: ChannelChoice): Promise<void> {
  await tx
    .deleteFrom('notification_preferences')
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .execute()
  await tx
    .insertInto('notification_preferences')
    .values({ recipient, kind, channel, is_on: Number(isOn) })
    .execute()
}

export async function findQuietHours(db: DbReader, recipient: string): Promise<QuietHours | null> {
  const row = await db.selectFrom('quiet_hours').selectAll().where('recipient', '=', recipient).executeTakeFirst()
  return row === undefined ? null : { from: row.from_minute, until: row.until_minute, timeZone: row.time_zone }
}

/** Replaces the quiet hours of a person; null for none. */
export async function replaceQuietHours(tx: Tx, recipient: string, quiet: QuietHours | null): Promise<void> {
  await tx.deleteFrom('quiet_hours').where('recipient', '=', recipient).execute()
  if (quiet === null) return
  const { from, until, timeZone } = quiet
  await tx
    .insertInto('quiet_hours')
    .values({ recipient, from_minute: from, until_minute: until, time_zone: timeZone })
    .execute()
}

/** Deletes the choices of people. */
export async function deletePreferences(tx: Tx, recipients: readonly string[]): Promise<void> {
  for (const table of ['notification_preferences', 'quiet_hours'] as const) {
    await tx
      .deleteFrom(table)
      .where('recipient', 'in', [...recipients])
      .execute()
  }
}
