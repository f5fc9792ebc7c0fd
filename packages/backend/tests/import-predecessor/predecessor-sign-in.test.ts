import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { paths, type SignedInBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntries } from '#audit/list-entries.ts'
import { readAccountByEmail, updateAccount } from '#features/accounts/people/account-store.ts'
import { importPredecessor } from '#features/transfer/import-predecessor/import-predecessor.ts'
import { openPredecessor } from '#features/transfer/import-predecessor/open-predecessor.ts'
import { peopleStatus } from '#features/transfer/people/people-status.ts'
import { useService } from '../support/use-service.ts'
import { dumpWithPeople, PASSWORD } from './people-data.ts'

const EMAIL = 'ada@example.org'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-sign-in-'))
  writeFileSync(path.join(folder, 'dump.sql'), dumpWithPeople())
})
afterAll(() => rmSync(folder, { recursive: true }))

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'api' } })
  const context = () => at().service.context
  const signIn = (password: string, email = EMAIL) => at().post(paths.signInPassword(), { email, password })
  const hashOf = async () => (await readAccountByEmail(context().db, EMAIL))?.password_hash ?? ''

  beforeEach(async () => {
    for (const table of [
      'sign_in_failures',
      'predecessor_people',
      'sessions',
      'accounts',
      'audit_queue',
      'audit_values',
      'audit_entries',
    ] as const)
      await context().db.deleteFrom(table).execute()
    const { database, eventLog } = context()
    const from = await openPredecessor(path.join(folder, 'dump.sql'))
    const deps = { database, eventLog, clock: at().clock.now, actor: AN_ACTOR }
    await importPredecessor(deps, { from, id: 'legacy', dryRun: false, withPeople: true })
  })

  describe('the password of the predecessor', () => {
    it('signs its person in, and is stored as argon2id from then on', async () => {
      expect(await hashOf()).toMatch(/^\$2b\$/)
      const answer = await signIn(PASSWORD, 'Ada@EXAMPLE.org')
      expect(answer.status).toBe(200)
      const { account } = (await answer.json()) as SignedInBody
      expect(account).toMatchObject({ email: EMAIL, name: 'Ada', language: 'de', roles: [], hasPassword: true })
      expect(await hashOf()).toMatch(/^\$argon2id\$/)
      expect((await peopleStatus(context(), 'legacy')).joined).toBe(1)
      const entries = await listEntries(context().db, { limit: 9, object: { kind: 'account', id: account.id } })
      expect(entries.map(({ action }) => action)).toEqual(['sessions:open'])
      expect((await signIn(PASSWORD)).status).toBe(200)
      expect((await signIn(`${PASSWORD}x`)).status).toBe(401)
    })

    it('is accepted once, also when two send it at the same moment', async () => {
      const answers = await Promise.all([signIn(PASSWORD), signIn(PASSWORD)])
      expect(answers.map(({ status }) => status)).toContain(200)
      for (const { status } of answers) expect([200, 401]).toContain(status)
      expect(await hashOf()).toMatch(/^\$argon2id\$/)
      expect((await peopleStatus(context(), 'legacy')).agrees).toBe(true)
    })

    it('is not accepted for a suspended account, and its hash stays', async () => {
      const { id } = (await readAccountByEmail(context().db, EMAIL)) ?? { id: '' }
      await context()
        .db.transaction()
        .execute((tx) => updateAccount(tx, id, { suspended_at: at().clock.now() }))
      expect((await signIn(PASSWORD)).status).toBe(401)
      expect(await hashOf()).toMatch(/^\$2b\$/)
      expect((await peopleStatus(context(), 'legacy')).joined).toBe(0)
    })
  })

  it('a failed sign-in takes the same time with a hash of the predecessor, without one, and without an account', async () => {
    for (const email of [EMAIL, 'cleo@example.org', 'nobody@example.org']) {
      const began = performance.now()
      const answer = await signIn('a wrong password', email)
      expect(performance.now() - began, email).toBeGreaterThan(490)
      expect(answer.status, email).toBe(401)
    }
  })
})
