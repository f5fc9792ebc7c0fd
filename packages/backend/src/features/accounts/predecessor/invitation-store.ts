import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { PredecessorPersonState } from '../tables.ts'
import type { PersonRow } from './person-store.ts'

/** A person together with the account that was created for them. */
export type InvitedPerson = PersonRow & { readonly email: string; readonly language: string }

/** People who have not been sent a mail yet, ordered by their ids, which are random. */
export async function readUninvited(db: DbReader, source: string, limit: number): Promise<InvitedPerson[]> {
  return peopleWithAccounts(db)
    .where('predecessor_people.state', '=', 'waiting')
    .where('predecessor_people.source', '=', source)
    .where('predecessor_people.invited_at', 'is', null)
    .orderBy('predecessor_people.id')
    .limit(limit)
    .execute()
}

/** People in the state `waiting` who have these e-mail addresses and have been sent a mail. */
export async function readInvitedByEmail(
  db: DbReader,
  source: string,
  emails: readonly string[],
): Promise<InvitedPerson[]> {
  const found: InvitedPerson[] = []
  for (const run of chunks(emails)) {
    const rows = await peopleWithAccounts(db)
      .where('accounts.email', 'in', run)
      .where('predecessor_people.source', '=', source)
      .where('predecessor_people.state', '=', 'waiting')
      .where('predecessor_people.invited_at', 'is not', null)
      .execute()
    found.push(...rows)
  }
  return found
}

/** People in the state `waiting` whose invitation is one of these mails. */
export async function readInvitedByMail(db: DbReader, mailIds: readonly string[]): Promise<PersonRow[]> {
  const found: PersonRow[] = []
  for (const run of chunks(mailIds)) {
    const rows = await db
      .selectFrom('predecessor_people')
      .selectAll()
      .where('mail_id', 'in', run)
      .where('state', '=', 'waiting')
      .execute()
    found.push(...rows)
  }
  return found
}

/** Marks a person as invited. Returns false if another process has just invited them. */
export async function markInvited(
  tx: Tx,
  id: string,
  invitation: Pick<PersonRow, 'wave' | 'invited_at' | 'opt_out_hash' | 'mail_id'>,
): Promise<boolean> {
  const done = await tx
    .updateTable('predecessor_people')
    .set(invitation)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('invited_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function countWave(db: DbReader, source: string, wave: number): Promise<number> {
  const row = await db
    .selectFrom('predecessor_people')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('source', '=', source)
    .where('wave', '=', wave)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** The number of people by state and wave. `accounts`: how many of them have an account. */
export type PeopleCount = {
  readonly state: PredecessorPersonState
  readonly wave: number | null
  readonly people: number
  readonly accounts: number
}

/** People of one import by state and wave, and how many of them have an account. */
export async function countPeople(db: DbReader, source: string): Promise<PeopleCount[]> {
  const rows = await db
    .selectFrom('predecessor_people')
    .leftJoin('accounts', 'accounts.id', 'predecessor_people.account_id')
    .select(['predecessor_people.state', 'predecessor_people.wave'])
    .select(({ fn }) => [
      fn.countAll<number | string>().as('people'),
      fn.count<number | string>('accounts.id').as('accounts'),
    ])
    .where('predecessor_people.source', '=', source)
    .groupBy(['predecessor_people.state', 'predecessor_people.wave'])
    .execute()
  return rows.map(({ state, wave, people, accounts }) => {
    return { state, wave, people: Number(people), accounts: Number(accounts) }
  })
}

/** Administrators of the predecessor with an account here. */
export async function readProposedAdmins(
  db: DbReader,
  source: string,
): Promise<{ accountId: string; email: string; roles: string; state: PredecessorPersonState }[]> {
  return db
    .selectFrom('predecessor_people')
    .innerJoin('accounts', 'accounts.id', 'predecessor_people.account_id')
    .select(['accounts.id as accountId', 'accounts.email', 'accounts.roles', 'predecessor_people.state'])
    .where('predecessor_people.source', '=', source)
    .where('predecessor_people.proposes_admin', '=', 1)
    .orderBy('accounts.email')
    .execute()
}

/** People of an import whose account stays, because they have joined or the account was given rights. */
export async function readStaying(
  db: DbReader,
  source: string,
): Promise<{ accountId: string; email: string; state: PredecessorPersonState }[]> {
  return db
    .selectFrom('predecessor_people')
    .innerJoin('accounts', 'accounts.id', 'predecessor_people.account_id')
    .select(['accounts.id as accountId', 'accounts.email', 'predecessor_people.state'])
    .where('predecessor_people.source', '=', source)
    .orderBy('accounts.email')
    .execute()
}

function peopleWithAccounts(db: DbReader) {
  return db
    .selectFrom('predecessor_people')
    .innerJoin('accounts', 'accounts.id', 'predecessor_people.account_id')
    .selectAll('predecessor_people')
    .select(['accounts.email', 'accounts.language'])
}
