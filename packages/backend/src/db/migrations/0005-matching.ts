import { matchCell } from '@kickstand/domain'
import { sql, type Kysely } from 'kysely'
import type { Migration } from '../migrate.ts'
import type { Row, Schema } from '../schema.ts'
import { columnsOf } from './columns-of.ts'

const longText = sql`longtext`
const PAGE = 500

/** What each source says is kept apart, so that several can speak of one zone; and what humans decided about that. */
export const migration0005: Migration = {
  number: 5,
  name: 'matching',
  async up(db, engine) {
    const entries = await columnsOf(db, 'zone_sources')
    const alterEntries = db.schema.alterTable('zone_sources')
    if (!entries.has('facts')) await alterEntries.addColumn('facts', longText).execute()
    if (!entries.has('since_of')) await alterEntries.addColumn('since_of', longText).execute()
    if (!entries.has('lat')) await alterEntries.addColumn('lat', 'double precision').execute()
    if (!entries.has('lng')) await alterEntries.addColumn('lng', 'double precision').execute()
    if (!entries.has('cell')) await alterEntries.addColumn('cell', 'bigint').execute()
    if (!entries.has('capacity')) await alterEntries.addColumn('capacity', 'integer').execute()
    if (!entries.has('status')) {
      await alterEntries.addColumn('status', 'varchar(20)', (c) => c.notNull().defaultTo('active')).execute()
    }
    if (!entries.has('first_seen_at')) {
      await alterEntries.addColumn('first_seen_at', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    }
    await db.schema
      .createIndex('zone_sources_cell')
      .ifNotExists()
      .on('zone_sources')
      .columns(['cell', 'source_id'])
      .execute()

    const zones = await columnsOf(db, 'zones')
    if (!zones.has('merged_into')) {
      await db.schema.alterTable('zones').addColumn('merged_into', 'varchar(32)').execute()
    }

    const sources = await columnsOf(db, 'sources')
    const alterSources = db.schema.alterTable('sources')
    if (!sources.has('trust')) {
      await alterSources.addColumn('trust', 'varchar(20)', (c) => c.notNull().defaultTo('community')).execute()
    }
    if (!sources.has('field_trust')) await alterSources.addColumn('field_trust', longText).execute()
    if (!sources.has('match_distance')) await alterSources.addColumn('match_distance', 'double precision').execute()

    await engine
      .tableOptions(db.schema.createTable('match_reviews').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('source_a', 'varchar(64)', (c) => c.notNull())
      .addColumn('ref_a', 'varchar(190)', (c) => c.notNull())
      .addColumn('source_b', 'varchar(64)', (c) => c.notNull())
      .addColumn('ref_b', 'varchar(190)', (c) => c.notNull())
      .addColumn('score', 'double precision')
      .addColumn('reasons', longText, (c) => c.notNull())
      .addColumn('state', 'varchar(20)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('decided_by', 'varchar(100)')
      .addColumn('decided_at', 'bigint')
      .execute()
    for (const side of ['a', 'b'] as const) {
      await db.schema
        .createIndex(`match_reviews_${side}`)
        .ifNotExists()
        .on('match_reviews')
        .columns([`source_${side}`, `ref_${side}`])
        .execute()
    }
    await db.schema
      .createIndex('match_reviews_state')
      .ifNotExists()
      .on('match_reviews')
      .columns(['state', 'id'])
      .execute()
    await giveFacts(db)
  },
}

/** Until now each zone had one source, whose facts were the zone's. In the order of the key, so that each row is met once. */
async function giveFacts(db: Kysely<Schema>): Promise<void> {
  for (let after = { source_id: '', ref: '' }; ;) {
    const rows = await db
      .selectFrom('zone_sources')
      .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
      .selectAll('zones')
      .select(['zone_sources.source_id', 'zone_sources.ref'])
      .where('zone_sources.facts', 'is', null)
      // The first condition follows from the second; it is there so that the key is entered at its place.
      .where('zone_sources.source_id', '>=', after.source_id)
      .where(({ and, eb, or }) =>
        or([
          eb('zone_sources.source_id', '>', after.source_id),
          and([eb('zone_sources.source_id', '=', after.source_id), eb('zone_sources.ref', '>', after.ref)]),
        ]),
      )
      .orderBy('zone_sources.source_id')
      .orderBy('zone_sources.ref')
      .limit(PAGE)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    // A commit for each page and not for each row; where all of the step is one transaction, it is that one.
    if (db.isTransaction) await givePage(db, rows)
    else await db.transaction().execute((tx) => givePage(tx, rows))
    after = { source_id: last.source_id, ref: last.ref }
  }
}

async function givePage(
  db: Kysely<Schema>,
  rows: readonly (Row<'zones'> & { readonly source_id: string; readonly ref: string })[],
): Promise<void> {
  for (const { source_id, ref, ...zone } of rows) {
    await db
      .updateTable('zone_sources')
      .set({
        facts: JSON.stringify(factsOf(zone)),
        lat: zone.lat,
        lng: zone.lng,
        cell: matchCell(zone.lat, zone.lng),
        capacity: zone.capacity,
        status: zone.status,
        first_seen_at: zone.created_at,
      })
      .where('source_id', '=', source_id)
      .where('ref', '=', ref)
      .execute()
  }
}

function factsOf(zone: Row<'zones'>): object {
  const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)
  const facts = {
    name: zone.name,
    lat: zone.lat,
    lng: zone.lng,
    outline: zone.outline === null ? null : (JSON.parse(zone.outline) as object),
    capacity: zone.capacity,
    // Of steps with later numbers, which a database may have had before this one.
    capacityEstimated: flag(zone.capacity_estimated ?? null),
    accessConditional: zone.access_conditional ?? null,
    feeConditional: zone.fee_conditional ?? null,
    maxStayConditional: zone.max_stay_conditional ?? null,
    kind: zone.kind,
    vehicles: JSON.parse(zone.vehicles) as object,
    access: zone.access,
    fee: zone.fee,
    feeNote: zone.fee_note,
    covered: flag(zone.covered),
    lit: flag(zone.lit),
    surveillance: flag(zone.surveillance),
    anchors: flag(zone.anchors),
    surface: zone.surface,
    operator: zone.operator,
    openingHours: zone.opening_hours,
    signText: zone.sign_text,
    maxStay: zone.max_stay,
    charging: flag(zone.charging),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
}
