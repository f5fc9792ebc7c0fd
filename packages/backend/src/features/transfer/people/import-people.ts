import {
  findPeople,
  findUsedEmails,
  insertInvitedAccounts,
  insertPeople,
} from '#features/accounts/predecessor/predecessor-people.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { DbReader } from '#db/schema.ts'
import { legacyIdFor, newId } from '#platform/ids.ts'
import { predecessorFields } from '../import-predecessor/predecessor-fields.ts'
import { startCounting, type Counting, type PredecessorReport } from '../import-predecessor/predecessor-report.ts'
import type { PredecessorRun } from '../import-predecessor/predecessor-run.ts'
import { readPerson, type PredecessorPerson } from './read-person.ts'

const BATCH = 100
const MAX_TRIES = 3

type FoundPerson = PredecessorPerson & { readonly where: string }

/** An import of people in progress. `proposedAdmins`, `withoutPassword`: of the people who were new. */
export type PeopleRun = { readonly count: Counting; proposedAdmins: number; withoutPassword: number }

export function startPeopleRun(): PeopleRun {
  return { count: startCounting(), proposedAdmins: 0, withoutPassword: 0 }
}

export function endPeopleRun({ count, proposedAdmins, withoutPassword }: PeopleRun): PredecessorReport['people'] {
  return { ...count.end(), proposedAdmins, withoutPassword }
}

/**
 * Brings the predecessor's users as accounts that they are invited to take over: e-mail address, name, language, whether
 * they were an administrator, and the bcrypt hash of their password. An account that exists is never changed. Where several
 * users have one e-mail address, none of them is taken, since only a person can tell whose it is.
 */
export async function importPeople(run: PredecessorRun, people: PeopleRun): Promise<void> {
  const { count } = people
  const shared = await findSharedEmails(run)
  const seen = new Set<string>()
  let batch: FoundPerson[] = []
  for await (const row of run.from.rows('users')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const person = readPerson(predecessorFields(row, count.used))
    if ('rejected' in person) count.reject(row.where, person.rejected)
    else if (seen.has(person.ref)) count.reject(row.where, 'its id is a duplicate')
    else if (shared.has(person.email)) count.reject(row.where, 'another user has the same e-mail address')
    else {
      seen.add(person.ref)
      batch.push({ ...person, where: row.where })
      if (batch.length === BATCH) {
        await writePeople(run, people, batch)
        batch = []
      }
    }
  }
  if (batch.length > 0) await writePeople(run, people, batch)
  // They are read, so the list of what is not must not name them.
  for (const name of count.used) run.counts.users.used.add(name)
}

/** E-mail addresses of more than one user, compared as accounts compare them. */
async function findSharedEmails({ from }: PredecessorRun): Promise<Set<string>> {
  const once = new Set<string>()
  const shared = new Set<string>()
  for await (const row of from.rows('users')) {
    if ('fault' in row) continue
    const person = readPerson(predecessorFields(row, new Set()))
    if ('rejected' in person) continue
    if (once.has(person.email)) shared.add(person.email)
    once.add(person.email)
  }
  return shared
}

async function writePeople(run: PredecessorRun, people: PeopleRun, batch: readonly FoundPerson[]): Promise<void> {
  const { deps, dryRun } = run
  const { db, engine } = deps.database
  const sorted = dryRun ? await sortPeople(db, run.id, batch) : await insertSorted(run, engine, batch)
  const { count } = people
  count.alreadyImported += sorted.known
  count.imported += sorted.fresh.length
  for (const { where } of sorted.taken)
    count.reject(where, 'an account here has its e-mail address, and stays as it is')
  people.proposedAdmins += sorted.fresh.filter(({ wasAdmin }) => wasAdmin).length
  people.withoutPassword += sorted.fresh.filter(({ passwordHash }) => passwordHash === null).length
}

type SortedPeople = {
  readonly fresh: readonly FoundPerson[]
  readonly taken: readonly FoundPerson[]
  readonly known: number
}

/** `known`: imported before, also if they were erased or declined since. `taken`: others with the address of an account. */
async function sortPeople(db: DbReader, source: string, batch: readonly FoundPerson[]): Promise<SortedPeople> {
  const known = await findPeople(
    db,
    batch.map(({ ref }) => legacyIdFor('person', source, ref)),
  )
  const others = batch.filter(({ ref }) => !known.has(legacyIdFor('person', source, ref)))
  const used = await findUsedEmails(
    db,
    others.map(({ email }) => email),
  )
  const fresh = others.filter(({ email }) => !used.has(email))
  return { fresh, taken: others.filter(({ email }) => used.has(email)), known: batch.length - others.length }
}

/** Tries again where somebody has just created an account with one of the e-mail addresses. */
async function insertSorted(run: PredecessorRun, engine: Engine, batch: readonly FoundPerson[]): Promise<SortedPeople> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await insertOnce(run, batch)
    } catch (error) {
      if (tries === MAX_TRIES || !engine.isDuplicate(error)) throw error
    }
  }
}

function insertOnce({ deps, id: source }: PredecessorRun, batch: readonly FoundPerson[]): Promise<SortedPeople> {
  return runTransaction(deps.database, async (tx) => {
    const now = deps.clock()
    const sorted = await sortPeople(tx, source, batch)
    const made = sorted.fresh.map((person) => ({ person, accountId: newId() }))
    await insertInvitedAccounts(
      tx,
      made.map(({ person: { email, name, language, passwordHash }, accountId }) => {
        return { id: accountId, email, name, language, password_hash: passwordHash, created_at: now }
      }),
    )
    await insertPeople(
      tx,
      made.map(({ person: { ref, wasAdmin }, accountId }) => ({
        id: legacyIdFor('person', source, ref),
        source,
        account_id: accountId,
        user_ref: ref,
        rider_id: legacyIdFor('rider', source, ref),
        state: 'waiting',
        proposes_admin: Number(wasAdmin),
        wave: null,
        imported_at: now,
        invited_at: null,
        ended_at: null,
        opt_out_hash: null,
        mail_id: null,
      })),
    )
    return sorted
  })
}
