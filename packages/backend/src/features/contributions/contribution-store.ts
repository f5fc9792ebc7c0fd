import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'

/** The contributions to one field of a zone, or to all fields. */
export async function readContributions(db: DbReader, zoneId: string, field?: string): Promise<ContributionsTable[]> {
  let query = db.selectFrom('contributions').selectAll().where('zone_id', '=', zoneId)
  if (field !== undefined) query = query.where('field', '=', field)
  return query.orderBy('created_at').orderBy('id').execute()
}

export async function findContribution(db: DbReader, id: string): Promise<ContributionsTable | undefined> {
  return db.selectFrom('contributions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Contributions to a field of zones in these cells, except expired and rejected ones. */
export async function readContributionsInCells(
  db: DbReader,
  cells: readonly number[],
  field: string,
): Promise<ContributionsTable[]> {
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('cell', 'in', [...cells])
    .where('field', '=', field)
    .where('state', 'not in', ['expired', 'rejected'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function insertContribution(tx: Tx, contribution: ContributionsTable): Promise<void> {
  await tx.insertInto('contributions').values(contribution).execute()
}

export async function updateContribution(
  tx: Tx,
  { id, ...columns }: Pick<ContributionsTable, 'id'> & Partial<ContributionsTable>,
) {
  await tx.updateTable('contributions').set(columns).where('id', '=', id).execute()
}

/** The votes on a field of a zone, or on all fields, without undone ones. */
export async function readVotes(db: DbReader, zoneId: string, field?: string): Promise<ContributionVotesTable[]> {
  let query = db
    .selectFrom('contribution_votes')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('undone_at', 'is', null)
  if (field !== undefined) query = query.where('field', '=', field)
  return query.orderBy('first_at').orderBy('rider_id').execute()
}

/** Stores a rider's vote on a field; it replaces their previous one. */
export async function upsertVote(tx: Tx, vote: ContributionVotesTable): Promise<void> {
  await deleteVote(tx, vote.zone_id, vote.field, vote.rider_id)
  await tx.insertInto('contribution_votes').values(vote).execute()
}

export async function deleteVote(tx: Tx, zoneId: string, field: string, riderId: string): Promise<void> {
  await tx
    .deleteFrom('contribution_votes')
    .where('zone_id', '=', zoneId)
    .where('field', '=', field)
    .where('rider_id', '=', riderId)
    .execute()
}

/** The votes of a rider on all zones, newest first. */
export async function readVotesOf(db: DbReader, riderId: string, limit: number): Promise<ContributionVotesTable[]> {
  return db
    .selectFrom('contribution_votes')
    .selectAll()
    .where('rider_id', '=', riderId)
    .where('undone_at', 'is', null)
    .orderBy('last_at', 'desc')
    .limit(limit)
    .execute()
}

export async function readContributionsOfZones(
  db: DbReader,
  zoneIds: readonly string[],
): Promise<ContributionsTable[]> {
  if (zoneIds.length === 0) return []
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('zone_id', 'in', [...zoneIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Whether a rider answered `later` to a question since a time. */
export async function hasSnoozedQuestions(db: DbReader, riderId: string, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('contribution_votes')
    .select('zone_id')
    .where('rider_id', '=', riderId)
    .where('last_at', '>', since)
    .where('field', 'like', 'later %')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Fields of zones with contributions that expire or take effect by `now`. */
export async function readDueFields(db: Db, now: number): Promise<{ zone_id: string; field: string }[]> {
  return db
    .selectFrom('contributions')
    .select(['zone_id', 'field'])
    .distinct()
    .where(({ and, eb, or }) =>
      or([
        and([eb('expires_at', '<=', now), eb('state', 'in', ['pending', 'shown', 'suspended', 'accepted'])]),
        and([eb('due_at', '<=', now), eb('state', 'in', ['pending', 'suspended'])]),
      ]),
    )
    .execute()
}

/** Number of zones that a rider proposed and that are still unconfirmed. */
export async function countOpenProposals(db: DbReader, riderId: string): Promise<number> {
  const row = await db
    .selectFrom('contributions')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('rider_id', '=', riderId)
    .where('field', '=', 'exists')
    .where('state', 'in', ['pending', 'suspended'])
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/**
 * Riders with a cleared photo of a zone, which shows that they were there. Duplicates of an earlier photo do not count.
 */
export async function readWitnesses(db: DbReader, zoneId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('photos')
    .select('rider_id')
    .where('zone_id', '=', zoneId)
    .where('state', '=', 'cleared')
    .where('duplicate_of', 'is', null)
    .execute()
  return new Set(rows.map(({ rider_id }) => rider_id))
}
