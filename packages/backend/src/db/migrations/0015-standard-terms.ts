import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

const TABLES = [
  ['writers', 'event_producers'],
  ['readers', 'event_consumers'],
  ['pools', 'priors'],
  ['feed_sides', 'feed_channels'],
  ['rider_facts', 'contributions'],
  ['fact_votes', 'contribution_votes'],
] as const

/** With the new names of their tables. */
const COLUMNS = [
  ['events', 'writer', 'producer'],
  ['event_consumers', 'beat', 'heartbeat'],
  ['event_consumers', 'judged_beat', 'judged_heartbeat'],
  ['event_consumers', 'read_to', 'cursors'],
  ['feed_channels', 'side', 'channel'],
  ['estimates', 'pool', 'prior'],
  ['reports', 'fold_at', 'event_order'],
  ['reports', 'junk', 'outlier_probability'],
  ['reports', 'vouched', 'trusted'],
  ['readings', 'fold_at', 'event_order'],
  ['riders', 'trust_junk', 'trust_outlier'],
  ['sensors', 'told_at', 'counted_at'],
  ['sensors', 'lying_at', 'implausible_at'],
  ['zone_sources', 'since_of', 'field_changed_at'],
  ['jobs', 'held_until', 'lease_expires_at'],
  ['contribution_votes', 'vouched', 'trusted'],
  ['contribution_votes', 'near', 'within_reach'],
  ['photos', 'looks', 'perceptual_hash'],
] as const

const INDEXES = [
  ['estimates', 'estimates_pool', 'estimates_prior', ['prior']],
  ['reports', 'reports_folded', 'reports_order', ['event_order', 'id']],
  ['contributions', 'rider_facts_cell', 'contributions_cell', ['cell', 'field']],
  ['contributions', 'rider_facts_due', 'contributions_due', ['due_at']],
  ['contributions', 'rider_facts_expires', 'contributions_expires', ['expires_at']],
  ['contributions', 'rider_facts_removed', 'contributions_removed', ['removed_at']],
  ['contributions', 'rider_facts_state', 'contributions_state', ['state', 'id']],
  ['contributions', 'rider_facts_zone', 'contributions_zone', ['zone_id', 'field']],
  ['contribution_votes', 'fact_votes_network', 'contribution_votes_network', ['network', 'last_at']],
  ['contribution_votes', 'fact_votes_rider', 'contribution_votes_rider', ['rider_id', 'last_at']],
] as const

/** Renames tables, columns and indexes to the terms that the code and the API use. */
export const migration0015: Migration = {
  number: 15,
  name: 'standard-terms',
  async up(db, engine) {
    for (const [from, to] of TABLES) {
      if ((await columnsOf(db, from)).size > 0) await db.schema.alterTable(from).renameTo(to).execute()
    }
    for (const [table, from, to] of COLUMNS) {
      if (!(await columnsOf(db, table)).has(from)) continue
      await db.schema.alterTable(table).renameColumn(from, to).execute()
    }
    for (const [table, from, to, columns] of INDEXES) {
      await db.schema
        .createIndex(to)
        .ifNotExists()
        .on(table)
        .columns([...columns])
        .execute()
      await engine.dropIndex(db, table, from)
    }
    await sql`update decisions set subject = concat('contribution:', substr(subject, 6)) where subject like 'fact:%'`.execute(
      db,
    )
    // Responses that are sent again for the same Idempotency-Key.
    await sql`update reading_batches set answer = replace(answer, '"refused":', '"rejected":')`.execute(db)
    await sql`update rider_writes set answer = replace(answer, '{"fact":', '{"contribution":')`.execute(db)
  },
}
