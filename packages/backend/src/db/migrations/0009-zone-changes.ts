import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

/** For each zone the place of its last change in the one order that everybody reads changes in. Zones that went stay in it. */
export const migration0009: Migration = {
  number: 9,
  name: 'zone-changes',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('zone_changes')
      .addColumn('zone_id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('position', 'bigint', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('zone_changes_position')
      .ifNotExists()
      .on('zone_changes')
      .columns(['position', 'zone_id'])
      .execute()
    await create('zone_positions')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('position', 'bigint', (c) => c.notNull())
      .execute()
    await engine.ignoringDuplicates(db.insertInto('zone_positions').values({ id: 1, position: 1 })).execute()
    await sql`insert into zone_changes (zone_id, position, at)
      select id, 1, updated_at from zones where id not in (select zone_id from zone_changes)`.execute(db)
  },
}
