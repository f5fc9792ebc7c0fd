import type { Migration } from '../migrate.ts'

/** Whether a zone's capacity was worked out and not counted. */
export const migration0008: Migration = {
  number: 8,
  name: 'estimated-capacity',
  async up(db) {
    const tables = await db.introspection.getTables()
    const zones = tables.find(({ name }) => name === 'zones')
    if (zones?.columns.some(({ name }) => name === 'capacity_estimated') === true) return
    await db.schema.alterTable('zones').addColumn('capacity_estimated', 'smallint').execute()
  },
}
