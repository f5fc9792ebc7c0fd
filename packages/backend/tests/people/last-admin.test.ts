import { paths } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAccountPrincipal } from '#features/accounts/people/account-principal.ts'
import { readAccount, updateAccount } from '#features/accounts/people/account-store.ts'
import { readAdmins } from '#features/accounts/people/admin-store.ts'
import { changeRoles } from '#features/accounts/people/change-roles.ts'
import { eraseAccount } from '#features/accounts/people/erase-account.ts'
import { suspendAccount } from '#features/accounts/people/suspend-account.ts'
import { asAccount } from '../support/as-account.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { expectProblem } from '../support/expect-problem.ts'
import { aSignedInAccount, principalOf } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const ROUNDS = 8

forEachEngine((engine) => {
  const at = useService(engine)
  let other: TestService
  beforeAll(async () => {
    other = await startTestService({ url: at().database.url, clock: at().clock.now })
  })
  afterAll(() => other.stop())
  beforeEach(async () => {
    await at().service.context.db.updateTable('accounts').set({ roles: '' }).execute()
    at().service.context.sessions.forget()
  })

  const deps = (server: TestService = at()) => {
    const { db, engine: opened } = server.service.context
    return { db, engine: opened, clock: at().clock.now, actor: AN_ACTOR }
  }
  // Two servers on one file are two processes; in one process the second would block the first.
  const second = () => (engine.name === 'sqlite' ? at() : other)
  const anAdmin = () => aSignedInAccount(at(), { roles: ['admin'] })
  const admins = async () => (await readAdmins(deps().db)).map(({ id }) => id)
  const demotion = { roles: [], reason: 'less to do' }
  const suspension = { reason: 'on leave', until: null }

  describe('the last admin', () => {
    it('cannot be demoted, suspended or erased', async () => {
      const { accountId } = await anAdmin()
      await expect(changeRoles(deps(), null, accountId, demotion)).rejects.toMatchObject({ code: 'last-holder' })
      await expect(suspendAccount(deps(), null, accountId, suspension)).rejects.toMatchObject({ code: 'last-holder' })
      await expect(eraseAccount(deps(), accountId, 'x')).rejects.toMatchObject({ code: 'last-holder' })
      expect(await admins()).toEqual([accountId])
      expect(await entriesOf(at(), 'account', accountId)).toEqual([])
    })

    it('is the one who is not suspended', async () => {
      const { accountId } = await anAdmin()
      const away = await anAdmin()
      await suspendAccount(deps(), null, away.accountId, suspension)
      await expect(changeRoles(deps(), null, accountId, demotion)).rejects.toMatchObject({ code: 'last-holder' })
      await expect(suspendAccount(deps(), null, accountId, suspension)).rejects.toMatchObject({ code: 'last-holder' })
      await expect(eraseAccount(deps(), accountId, 'x')).rejects.toMatchObject({ code: 'last-holder' })
      // The suspended one is not needed.
      await changeRoles(deps(), null, away.accountId, demotion)
      expect(await admins()).toEqual([accountId])
    })

    it('may get and lose other roles', async () => {
      const { accountId } = await anAdmin()
      await changeRoles(deps(), null, accountId, { roles: ['admin', 'support'], reason: 'x' })
      await changeRoles(deps(), null, accountId, { roles: ['admin'], reason: 'x' })
      expect((await readAccount(deps().db, accountId))?.roles).toBe('admin')
    })

    type Act = (server: TestService, by: AccountPrincipal, id: string) => Promise<unknown>
    const demote: Act = (server, by, id) => changeRoles(deps(server), by, id, demotion)
    const suspend: Act = (server, by, id) => suspendAccount(deps(server), by, id, suspension)
    const cases: [string, Act, Act][] = [
      ['demote each other', demote, demote],
      ['suspend each other', suspend, suspend],
      ['demote and suspend each other', demote, suspend],
    ]
    it.each(cases)('stays when two admins %s at once', async (_, firstAct, secondAct) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await deps().db.updateTable('accounts').set({ roles: '' }).execute()
        const [one, two] = [await anAdmin(), await anAdmin()]
        const [byA, byB] = [await principalOf(at(), one), await principalOf(at(), two)]
        const [a, b] = [one.accountId, two.accountId]
        const results = await Promise.allSettled([firstAct(at(), byA, b), secondAct(second(), byB, a)])
        const rejected = results.filter((result) => result.status === 'rejected')
        expect(rejected.map(({ reason }) => (reason as { code?: string }).code)).toEqual(['last-holder'])
        const entries = [...(await entriesOf(at(), 'account', a)), ...(await entriesOf(at(), 'account', b))]
        expect(entries).toHaveLength(1)
        const now = at().clock.now()
        const left = await Promise.all([a, b].map((id) => readAccountPrincipal(deps().db, id, now)))
        expect(left.filter((each) => each?.roles.includes('admin') === true)).toHaveLength(1)
      }
    })

    it('stays when two admins demote each other with requests at once', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await deps().db.updateTable('accounts').set({ roles: '' }).execute()
        const [a, b] = [await anAdmin(), await anAdmin()]
        const tag = { 'if-match': '"1"' }
        const answers = await Promise.all([
          asAccount(at(), a)('PUT', paths.accountRoles(b.accountId), demotion, tag),
          asAccount(second(), b)('PUT', paths.accountRoles(a.accountId), demotion, tag),
        ])
        const [done, rejected] = answers.toSorted((one, two) => one.status - two.status)
        expect(done?.status).toBe(200)
        // 403: the second request was only read after the first had been answered.
        if (rejected?.status !== 403) await expectProblem(rejected ?? new Response(), 409, 'last-holder')
        expect(await admins()).toHaveLength(1)
      }
    })
  })

  describe('who is demoted or suspended during their own request', () => {
    it('cannot complete it, though the request began with the right', async () => {
      const [a, b, c] = [await anAdmin(), await anAdmin(), await aSignedInAccount(at())]
      const byB = await principalOf(at(), b)
      await changeRoles(deps(), await principalOf(at(), a), b.accountId, { roles: ['support'], reason: 'x' })
      const roles = { roles: ['admin' as const], reason: 'x' }
      await expect(changeRoles(deps(), byB, c.accountId, roles)).rejects.toMatchObject({ code: 'not-allowed' })
      await expect(suspendAccount(deps(), byB, c.accountId, suspension)).rejects.toMatchObject({ code: 'not-allowed' })
      await deps()
        .db.transaction()
        .execute((tx) => updateAccount(tx, b.accountId, { roles: 'admin', suspended_at: 1 }))
      await expect(changeRoles(deps(), byB, c.accountId, roles)).rejects.toMatchObject({ code: 'sign-in-required' })
      expect(await entriesOf(at(), 'account', c.accountId)).toEqual([])
    })

    it('cannot either on a server that still has the session in memory', async () => {
      const [a, b, c] = [await anAdmin(), await anAdmin(), await aSignedInAccount(at())]
      const onOther = asAccount(other, b)
      expect((await onOther('GET', paths.accounts())).status).toBe(200)
      const tag = { 'if-match': '"1"' }
      expect((await asAccount(at(), a)('PUT', paths.accountRoles(b.accountId), demotion, tag)).status).toBe(200)
      const roles = { roles: ['admin'], reason: 'for me' }
      const late = await onOther('PUT', paths.accountRoles(c.accountId), roles, tag)
      await expectProblem(late, 403, 'not-allowed')
      expect((await readAccount(deps().db, c.accountId))?.roles).toBe('')
    })
  })
})
