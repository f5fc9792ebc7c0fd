import type { Migration } from '../migrate.ts'

/** Notifications: the inbox, settings, push subscriptions and the queue of push messages. */
export const migration0023: Migration = {
  number: 23,
  name: 'notifications',
  async up(db, engine) {
    const table = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())
    await table('notifications')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('recipient', 'varchar(48)', (c) => c.notNull())
      .addColumn('kind', 'varchar(32)', (c) => c.notNull())
      .addColumn('params', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('read_at', 'bigint')
      .execute()
    await table('notification_preferences')
      .addColumn('recipient', 'varchar(48)', (c) => c.notNull())
      .addColumn('kind', 'varchar(32)', (c) => c.notNull())
      .addColumn('channel', 'varchar(8)', (c) => c.notNull())
      .addColumn('is_on', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('notification_preferences_key', ['recipient', 'kind', 'channel'])
      .execute()
    await table('quiet_hours')
      .addColumn('recipient', 'varchar(48)', (c) => c.primaryKey())
      .addColumn('from_minute', 'integer', (c) => c.notNull())
      .addColumn('until_minute', 'integer', (c) => c.notNull())
      .addColumn('time_zone', 'varchar(64)', (c) => c.notNull())
      .execute()
    await table('push_subscriptions')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('recipient', 'varchar(48)', (c) => c.notNull())
      .addColumn('endpoint_hash', 'varchar(64)', (c) => c.notNull().unique())
      .addColumn('endpoint', 'varchar(1000)', (c) => c.notNull())
      .addColumn('p256dh', 'varchar(100)', (c) => c.notNull())
      .addColumn('auth', 'varchar(32)', (c) => c.notNull())
      .addColumn('language', 'varchar(16)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('push_messages')
      .addColumn('notification_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('subscription_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('kind', 'varchar(32)', (c) => c.notNull())
      .addColumn('params', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('push_messages_key', ['notification_id', 'subscription_id'])
      .execute()
    for (const [name, on, columns] of [
      ['notifications_recipient', 'notifications', ['recipient', 'id']],
      ['notifications_age', 'notifications', ['created_at']],
      ['push_subscriptions_recipient', 'push_subscriptions', ['recipient']],
      ['push_messages_due', 'push_messages', ['next_attempt_at']],
      ['push_messages_subscription', 'push_messages', ['subscription_id']],
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on(on)
        .columns([...columns])
        .execute()
  },
}
