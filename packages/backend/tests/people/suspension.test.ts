import { AccountSchema, paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccountPrincipal } from '#features/accounts/people/account-principal.ts'
import { asAccount } from '../support/as-account.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { openStream } from '../support/open-stream.ts'
import { aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const A_SECOND = 1_000

forEachEngine((engine) => {
  const at = useService(engine)
  let other: TestService
  beforeAll(async () => {
    other = await startTestService({ url: at().database.url, clock: at().clock.now })
  })
  afterAll(() => other.stop())
  const anAdmin = () => aSignedInAccount(at(), { roles: ['admin'] })
  const toText = (time: number) => new Date(time).toISOString()

  describe('a suspension', () => {
    it('ends the sessions on every server within a second, and no public stream', async () => {
      const person = await aSignedInAccount(at(), { roles: ['support'] })
      const read = (server: TestService) => asAccount(server, person)('GET', paths.accounts())
      expect((await read(at())).status).toBe(200)
      const stream = await openStream(`${other.url}${paths.live()}?cells=13/4357/2844`, { cookie: person.cookie })
      let hasEnded = false
      void stream.ended.then(() => (hasEnded = true))
      // The other server has the session in memory now.
      expect((await read(other)).status).toBe(200)
      const suspended = await asAccount(at(), await anAdmin())('PUT', paths.accountSuspension(person.accountId), {
        reason: 'left the team',
      })
      const since = performance.now()
      expect(suspended.status).toBe(200)
      await expectProblem(await read(at()), 401, 'sign-in-required')
      await expect.poll(async () => (await read(other)).status, { timeout: A_SECOND, interval: 20 }).toBe(401)
      expect(performance.now() - since).toBeLessThan(A_SECOND)
      expect(hasEnded).toBe(false)
      stream.close()
    })

    it('has a reason and an end, can be changed, and ends by itself', async () => {
      const { db } = at().service.context
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      const now = at().clock.now()
      const put = async (body: object) =>
        expectShape(AccountSchema, await (await send('PUT', paths.accountSuspension(accountId), body)).json())
      expect((await put({ reason: 'abuse' })).suspension).toEqual({ since: toText(now), until: null, reason: 'abuse' })
      at().clock.advance(1_000)
      const until = toText(now + 60_000)
      const changed = await put({ reason: 'abuse, first time', until })
      expect(changed.suspension).toEqual({ since: toText(now), until, reason: 'abuse, first time' })
      expect(await readAccountPrincipal(db, accountId, now + 59_999)).toBeNull()
      expect(await readAccountPrincipal(db, accountId, now + 60_000)).not.toBeNull()
      at().clock.advance(60_000)
      const { suspension } = (await (await send('GET', paths.account(accountId))).json()) as { suspension: unknown }
      expect(suspension).toBeNull()
      expect(await entriesOf(at(), 'account', accountId)).toMatchObject([
        { action: 'accounts:suspend', before: { suspension: null }, reason: 'abuse' },
        { action: 'accounts:suspend', before: { suspension: { until: null } }, after: { suspension: { until } } },
      ])
    })

    it('that is repeated alike is one', async () => {
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      const versions: number[] = []
      for (const reason of ['abuse', ' abuse ', 'more abuse']) {
        const answer = await send('PUT', paths.accountSuspension(accountId), { reason })
        versions.push(expectShape(AccountSchema, await answer.json()).version)
      }
      expect(versions).toEqual([2, 2, 3])
      expect(await entriesOf(at(), 'account', accountId)).toHaveLength(2)
    })

    it('can be lifted, once', async () => {
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      await send('PUT', paths.accountSuspension(accountId), { reason: 'mistake' })
      for (const reason of ['was a mistake', 'again']) {
        const lifted = await send('DELETE', paths.accountSuspension(accountId), { reason })
        expect(expectShape(AccountSchema, await lifted.json()).suspension).toBeNull()
      }
      const entries = await entriesOf(at(), 'account', accountId)
      expect(entries.map(({ action, reason }) => [action, reason])).toEqual([
        ['accounts:suspend', 'mistake'],
        ['accounts:restore', 'was a mistake'],
      ])
    })

    it('of oneself, in the past or without a reason is rejected', async () => {
      const admin = await anAdmin()
      const send = asAccount(at(), admin)
      const { accountId } = await aSignedInAccount(at())
      const reason = 'abuse'
      await expectProblem(await send('PUT', paths.accountSuspension(admin.accountId), { reason }), 403, 'not-allowed')
      const path = paths.accountSuspension(accountId)
      for (const until of [toText(at().clock.now()), '2016-12-31T23:59:60Z']) {
        const problem = await expectProblem(await send('PUT', path, { reason, until }), 400, 'invalid-request')
        expect(pointers(problem)).toEqual(['/until'])
      }
      await expectProblem(await send('PUT', path, {}), 400, 'invalid-request')
      await expectProblem(await send('DELETE', path), 400, 'invalid-request')
      await expectProblem(await send('PUT', path, { reason: 'x'.repeat(501) }), 400, 'invalid-request')
      expect(await entriesOf(at(), 'account', accountId)).toEqual([])
    })
  })
})
