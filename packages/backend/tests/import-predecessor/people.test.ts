import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { paths } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntries } from '#audit/list-entries.ts'
import { verifyChain } from '#audit/verify-chain.ts'
import { readAccount, readAccountByEmail, updateAccount } from '#features/accounts/people/account-store.ts'
import { eraseAccount } from '#features/accounts/people/erase-account.ts'
import { readRidersOfAccount } from '#features/accounts/predecessor/person-store.ts'
import { openSession } from '#features/accounts/sessions/open-session.ts'
import { importPredecessor } from '#features/transfer/import-predecessor/import-predecessor.ts'
import { openPredecessor } from '#features/transfer/import-predecessor/open-predecessor.ts'
import { rollBackImport } from '#features/transfer/import-predecessor/roll-back.ts'
import { expirePeople } from '#features/transfer/people/expire-people.ts'
import { invitePeople } from '#features/transfer/people/invite-people.ts'
import { markBounced } from '#features/transfer/people/mark-bounced.ts'
import { peopleStatus } from '#features/transfer/people/people-status.ts'
import { legacyIdFor, newId } from '#platform/ids.ts'
import { A_BROWSER, aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'
import { dumpWithPeople, REJECTED } from './people-data.ts'

const ID = 'legacy'
const DAY_MS = 24 * 3_600_000
const ORIGIN = 'https://parking.example'
const TABLES = [
  'predecessor_people',
  'sessions',
  'links',
  'mails',
  'accounts',
  'reports',
  'riders',
  'audit_queue',
  'audit_links',
  'audit_values',
  'audit_entries',
] as const

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-people-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

forEachEngine((engine) => {
  // Without jobs, which would send mails and erase people between the steps of a test.
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'api', KICKSTAND_PUBLIC_URL: ORIGIN } })
  const context = () => at().service.context
  const deps = () => {
    const { database, eventLog, config } = context()
    return { database, eventLog, config, clock: at().clock.now, actor: AN_ACTOR, newId }
  }
  const status = () => peopleStatus(context(), ID)

  beforeEach(async () => {
    for (const table of TABLES) await context().db.deleteFrom(table).execute()
  })

  async function bring({ count = 0, dryRun = false, withPeople = true } = {}) {
    const file = path.join(folder, `people-${count}.sql`)
    writeFileSync(file, dumpWithPeople(count))
    const from = await openPredecessor(file)
    return importPredecessor(deps(), { from, id: ID, dryRun, withPeople })
  }
  const invite = (wave = 1, limit = 100, dryRun = false) => invitePeople(deps(), { id: ID, wave, limit, dryRun })
  const accountOf = async (email: string) => {
    const account = await readAccountByEmail(context().db, email)
    if (account === undefined) throw new Error(`no account has ${email}`)
    return account
  }
  /** As any way of signing in does. */
  async function signIn(email: string): Promise<string> {
    const { id } = await accountOf(email)
    await context()
      .db.transaction()
      .execute((tx) => openSession(tx, deps(), id, { hasSecondFactor: false, origin: A_BROWSER }))
    return id
  }
  /** The links in the mail to somebody. */
  async function linksTo(email: string): Promise<{ join: string; decline: string }> {
    const mail = await context()
      .db.selectFrom('mails')
      .selectAll()
      .where('recipient', '=', email)
      .executeTakeFirstOrThrow()
    const secret = (page: string): string =>
      new RegExp(`${ORIGIN}/console/${page}#([\\w-]{43})`).exec(mail.text)?.[1] ?? ''
    return { join: secret('recovery'), decline: secret('decline') }
  }
  const decline = (secret: string) => at().post(paths.linkDecline(), { secret })
  const countOf = async (table: (typeof TABLES)[number]): Promise<number> =>
    (await context().db.selectFrom(table).selectAll().execute()).length

  describe('people of the predecessor', () => {
    it('are left out unless they are requested, and a dry run writes none', async () => {
      expect((await bring({ withPeople: false })).people).toBeNull()
      expect(await countOf('accounts')).toBe(0)
      const { people, agrees } = await bring({ dryRun: true })
      expect(people).toMatchObject({ read: 10, imported: 4, rejected: 6 })
      expect(agrees).toBe(true)
      expect([await countOf('accounts'), await countOf('predecessor_people')]).toEqual([0, 0])
    })

    it('become accounts to take over, without a role, and once however often they are imported', async () => {
      const taken = await aSignedInAccount(at(), { email: 'taken@example.org', name: 'Own account' })
      const before = await readAccount(context().db, taken.accountId)
      const { people, tables, agrees } = await bring()
      expect(agrees).toBe(true)
      expect(people).toMatchObject({ read: 10, imported: 3, rejected: REJECTED, proposedAdmins: 1, withoutPassword: 2 })
      expect(people?.reasons).toEqual({
        'has no valid e-mail address': 2,
        'another user has the same e-mail address': 2,
        'was switched off in the predecessor': 1,
        'has no id': 1,
        'an account here has its e-mail address, and stays as it is': 1,
      })
      expect(tables.users.ignoredColumns).toEqual([])
      expect(await readAccount(context().db, taken.accountId)).toEqual(before)
      const ada = await accountOf('ada@example.org')
      expect(ada).toMatchObject({ name: 'Ada', language: 'de', roles: '', suspended_at: null })
      expect(ada.password_hash).toMatch(/^\$2b\$/)
      expect((await accountOf('cleo@example.org')).password_hash).toBeNull()
      const ben = await accountOf('ben@example.org')
      expect(ben.roles).toBe('')
      expect(await status()).toMatchObject({
        invited: 3,
        waiting: 3,
        notMailed: 3,
        agrees: true,
        proposedAdmins: [{ accountId: ben.id, email: 'ben@example.org', roles: [], state: 'waiting' }],
      })
      const again = await bring()
      expect(again.people).toMatchObject({ imported: 0, alreadyImported: 3, rejected: REJECTED })
      expect(await accountOf('ada@example.org')).toEqual(ada)
    })

    it('have their reports back after the first sign-in, and not before', async () => {
      await bring()
      const { id } = await accountOf('ada@example.org')
      expect(await readRidersOfAccount(context().db, id)).toEqual([])
      await signIn('ada@example.org')
      const [rider = ''] = await readRidersOfAccount(context().db, id)
      expect(rider).toBe(legacyIdFor('rider', ID, '1'))
      const reports = await context().db.selectFrom('reports').select('id').where('rider_id', '=', rider).execute()
      expect(reports).toHaveLength(2)
      expect(await status()).toMatchObject({ invited: 4, joined: 1, waiting: 3, agrees: true })
    })
  })

  it('who joined and whose account is erased has reports of nobody, and does not come back', async () => {
    await bring()
    await invite()
    const id = await signIn('ada@example.org')
    await eraseAccount({ ...deps(), ...context().database }, id, 'asked for it')
    expect(await status()).toMatchObject({ invited: 3, joined: 0, erased: 1, agrees: true })
    expect(await expirePeople(deps())).toMatchObject({ unlinkedRiders: 1 })
    const { db } = context()
    const riderId = legacyIdFor('rider', ID, '1')
    expect(await db.selectFrom('reports').select('id').where('rider_id', '=', riderId).execute()).toEqual([])
    const stored = JSON.stringify([
      await db.selectFrom('mails').selectAll().execute(),
      await db.selectFrom('links').selectAll().execute(),
    ])
    expect(stored).not.toMatch(/ada@example/i)
    expect((await bring()).people).toMatchObject({ imported: 0 })
  })

  describe('a wave', () => {
    it('invites as many as it may hold, however often it is called, each with links of their own', async () => {
      await bring({ count: 7 })
      expect(await invite(1, 4, true)).toMatchObject({ invited: 4, before: 0 })
      expect(await countOf('mails')).toBe(0)
      expect(await invite(1, 4)).toMatchObject({ invited: 4, before: 0 })
      expect(await invite(1, 4)).toMatchObject({ invited: 0, before: 4 })
      expect(await invite(1, 5)).toMatchObject({ invited: 1, before: 4 })
      expect(await invite(2, 100)).toMatchObject({ invited: 6 })
      const mails = await context().db.selectFrom('mails').selectAll().execute()
      expect(new Set(mails.map(({ recipient }) => recipient)).size).toBe(11)
      expect(await countOf('mails')).toBe(11)
      const secrets = await Promise.all(mails.map(({ recipient }) => linksTo(recipient)))
      expect(new Set(secrets.flatMap(({ join, decline: other }) => [join, other])).size).toBe(22)
      expect(mails.find(({ recipient }) => recipient === 'ada@example.org')?.html).toContain('lang="de"')
      expect((await status()).waves).toMatchObject([
        { wave: 1, invited: 5, waiting: 5 },
        { wave: 2, invited: 6, waiting: 6 },
      ])
    })

    it('invites nobody twice when two calls run at once', async () => {
      await bring({ count: 20 })
      const calls = await Promise.allSettled([invite(1, 10), invite(2, 10), invite(1, 10)])
      for (const call of calls)
        if (call.status === 'rejected') expect(call.reason).toMatchObject({ code: 'changed-meanwhile' })
      const mails = await context().db.selectFrom('mails').select('recipient').execute()
      expect(new Set(mails.map(({ recipient }) => recipient)).size).toBe(mails.length)
    })

    it.each([
      [0, 10],
      [1, 0],
      [1, 1001],
      [1.5, 10],
    ])('with the number %d and the limit %d is rejected', async (wave, limit) => {
      await expect(invite(wave, limit)).rejects.toMatchObject({ code: 'invalid-request' })
    })
  })

  describe('the link in an invitation', () => {
    it('to decline erases the person, and another import does not bring them back', async () => {
      await bring()
      await invite()
      const { id } = await accountOf('ada@example.org')
      const { decline: secret } = await linksTo('ada@example.org')
      expect((await decline(secret)).status).toBe(204)
      expect((await decline(secret)).status).toBe(204)
      expect(await readAccount(context().db, id)).toBeUndefined()
      const { db } = context()
      for (const table of [
        'predecessor_people',
        'accounts',
        'links',
        'mails',
        'audit_entries',
        'audit_values',
      ] as const) {
        const stored = JSON.stringify(await db.selectFrom(table).selectAll().execute())
        expect(stored, table).not.toMatch(/ada@example/i)
        expect(stored, table).not.toContain(id)
      }
      expect((await bring()).people).toMatchObject({ imported: 0, alreadyImported: 4 })
      expect(await status()).toMatchObject({ invited: 4, declined: 1, waiting: 3, agrees: true })
      // The search through all reports is left to the job.
      const riderId = legacyIdFor('rider', ID, '1')
      const own = () => db.selectFrom('reports').select('id').where('rider_id', '=', riderId).execute()
      expect(await own()).toHaveLength(2)
      expect(await expirePeople(deps())).toMatchObject({ unlinkedRiders: 1, erased: 0 })
      expect(await own()).toHaveLength(0)
      expect(await countOf('reports')).toBe(5)
      expect(await expirePeople(deps())).toMatchObject({ unlinkedRiders: 0 })
    })

    it('to decline does not work once the person has joined, or has a role', async () => {
      await bring()
      await invite()
      const [ada, ben] = [await linksTo('ada@example.org'), await linksTo('ben@example.org')]
      await signIn('ada@example.org')
      const { id } = await accountOf('ben@example.org')
      await context()
        .db.transaction()
        .execute((tx) => updateAccount(tx, id, { roles: 'support' }))
      for (const { decline: secret } of [ada, ben]) expect((await decline(secret)).status).toBe(410)
      expect((await decline('a-secret-that-nobody-has-ever-made')).status).toBe(410)
      expect(await status()).toMatchObject({ joined: 1, declined: 0, waiting: 3 })
    })
  })

  describe('who does not come', () => {
    it('is erased 90 days after the invitation, or after the import without one, and has reports of nobody', async () => {
      await bring({ count: 2 })
      at().clock.advance(80 * DAY_MS)
      await invite(1, 2)
      await signIn('ben@example.org')
      at().clock.advance(11 * DAY_MS)
      const open = (await status()).invited - 1
      const first = await expirePeople(deps())
      expect(first.erased).toBeGreaterThan(0)
      expect(first.erased).toBeLessThan(open)
      at().clock.advance(80 * DAY_MS)
      const second = await expirePeople(deps())
      expect(first.erased + second.erased).toBe(open)
      expect(await countOf('accounts')).toBe(1)
      expect(await status()).toMatchObject({ invited: 1, joined: 1, erased: open, agrees: true })
      // Reports are unlinked by the next run.
      expect((await expirePeople(deps())).unlinkedRiders).toBeGreaterThan(0)
      expect((await bring({ count: 2 })).people).toMatchObject({ imported: 0 })
      const riders = await context().db.selectFrom('riders').select('id').execute()
      // Ben's, and that of reports without a user.
      expect(riders.map(({ id }) => id).toSorted()).toEqual(
        ['2', ''].map((ref) => legacyIdFor('rider', ID, ref)).toSorted(),
      )
    })

    it('stays while the account has a role, until somebody takes it', async () => {
      await bring()
      const { id } = await accountOf('ben@example.org')
      await context()
        .db.transaction()
        .execute((tx) => updateAccount(tx, id, { roles: 'moderator' }))
      at().clock.advance(91 * DAY_MS)
      await expirePeople(deps())
      expect(await countOf('accounts')).toBe(1)
      await context()
        .db.transaction()
        .execute((tx) => updateAccount(tx, id, { roles: '' }))
      await expirePeople(deps())
      expect(await countOf('accounts')).toBe(0)
    })
  })

  describe('an invitation that cannot be delivered', () => {
    it('is marked from a file of addresses, and the person can still come', async () => {
      await bring()
      await invite(1, 3)
      const invited = await context().db.selectFrom('mails').select('recipient').execute()
      const [one = '', other = ''] = invited.map(({ recipient }) => recipient)
      const done = await markBounced(deps(), ID, [one.toUpperCase(), '', 'nobody@example.org', 'no address', other])
      expect(done).toEqual({ id: ID, bounced: 2, unknown: ['nobody@example.org', 'no address'] })
      expect(await status()).toMatchObject({ invited: 4, bounced: 2, waiting: 2, agrees: true })
      await signIn(one)
      expect(await status()).toMatchObject({ bounced: 1, joined: 1, agrees: true })
    })

    it('is noted from the queue of mails; one that was never sent is in no wave', async () => {
      await bring()
      await invite()
      const { db } = context()
      const setState = (email: string, state: 'failed' | 'expired') =>
        db.updateTable('mails').set({ state, finished_at: at().clock.now() }).where('recipient', '=', email).execute()
      await setState('ada@example.org', 'failed')
      await setState('ben@example.org', 'expired')
      expect(await expirePeople(deps())).toMatchObject({ bounced: 1, unsent: 1 })
      expect(await expirePeople(deps())).toMatchObject({ bounced: 0, unsent: 0 })
      expect(await status()).toMatchObject({ bounced: 1, waiting: 3, notMailed: 1, agrees: true })
      expect(await invite(2)).toMatchObject({ invited: 1 })
    })
  })

  describe('a rollback', () => {
    it('takes back who has not joined, and names who stays', async () => {
      await bring()
      await invite(1, 2)
      const joined = await signIn('ada@example.org')
      const { id: ben } = await accountOf('ben@example.org')
      await context()
        .db.transaction()
        .execute((tx) => updateAccount(tx, ben, { roles: 'support' }))
      const done = await rollBackImport(deps(), ID)
      expect(done).toMatchObject({
        people: 2,
        stay: [
          { accountId: joined, email: 'ada@example.org', reason: 'has joined' },
          { accountId: ben, email: 'ben@example.org', reason: 'has a role or membership' },
        ],
      })
      expect(await countOf('accounts')).toBe(2)
      // Ada's reports are hers again with another import.
      expect((await bring()).people).toMatchObject({ imported: 2, alreadyImported: 2 })
      expect(await status()).toMatchObject({ joined: 1, agrees: true })
    })
  })

  it('every change of people has one audit entry, without personal values', async () => {
    await bring()
    await invite(1, 2, true)
    await invite(1, 2)
    await invite(1, 2)
    const mails = await context().db.selectFrom('mails').select('recipient').execute()
    const [one = '', other = ''] = mails.map(({ recipient }) => recipient)
    await markBounced(deps(), ID, [one])
    await markBounced(deps(), ID, [one])
    const { decline: secret } = await linksTo(other)
    await decline(secret)
    await decline(secret)
    at().clock.advance(91 * DAY_MS)
    // The second run unlinks the reports of those whom the first one erased; the third has nothing to do.
    for (let run = 0; run < 3; run += 1) await expirePeople(deps())
    const { db } = context()
    const entries = (await listEntries(db, { limit: 50 })).toReversed()
    expect(entries.map(({ action }) => action).filter((action) => action.startsWith('legacy-people'))).toEqual([
      'legacy-people:invite',
      'legacy-people:bounce',
      'legacy-people:decline',
      'legacy-people:expire',
      'legacy-people:expire',
    ])
    expect(entries.find(({ action }) => action === 'legacy-imports:create')?.after).toMatchObject({ people: 4 })
    expect(JSON.stringify(entries)).not.toMatch(/@example\.org/)
    expect((await verifyChain(db)).broken).toBeNull()
  })

  it(
    'invited = joined + bounced + declined + waiting, in any order of what happens',
    { timeout: 240_000 },
    async () => {
      const users = Array.from({ length: 6 }, (_, n) => `user${n}@example.org`)
      const step = fc.oneof(
        fc.record({
          kind: fc.constant('invite' as const),
          wave: fc.integer({ min: 1, max: 3 }),
          limit: fc.integer({ min: 1, max: 4 }),
        }),
        fc.record({
          kind: fc.constantFrom('join' as const, 'decline' as const, 'bounce' as const),
          of: fc.constantFrom(...users),
        }),
        fc.record({
          kind: fc.constantFrom('import' as const, 'expire' as const),
          days: fc.integer({ min: 0, max: 60 }),
        }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          for (const table of TABLES) await context().db.deleteFrom(table).execute()
          await bring({ count: users.length })
          const total = 4 + users.length
          for (const one of steps) {
            if (one.kind === 'invite') await invite(one.wave, one.limit)
            else if ('days' in one) {
              at().clock.advance(one.days * DAY_MS)
              if (one.kind === 'expire') await expirePeople(deps())
              else await bring({ count: users.length })
            } else if ('of' in one && (await readAccountByEmail(context().db, one.of)) !== undefined) {
              if (one.kind === 'join') await signIn(one.of)
              else if (one.kind === 'bounce') await markBounced(deps(), ID, [one.of])
              else {
                const mail = await context()
                  .db.selectFrom('mails')
                  .select('id')
                  .where('recipient', '=', one.of)
                  .executeTakeFirst()
                if (mail !== undefined) await decline((await linksTo(one.of)).decline)
              }
            }
            const { invited, joined, bounced, declined, waiting, erased, agrees } = await status()
            expect(invited).toBe(joined + bounced + declined + waiting)
            expect(invited + erased).toBe(total)
            expect(agrees).toBe(true)
          }
        }),
        { numRuns: 12 },
      )
    },
  )
})
