import { AccountListSchema, AccountSchema, NewLinkSchema, paths, SessionListSchema } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { updateAccount } from '#features/accounts/people/account-store.ts'
import { asAccount } from '../support/as-account.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { anOrganisation, aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const NO_ACCOUNT = '0'.repeat(17)
const REASON = 'new on the team'

forEachEngine((engine) => {
  const at = useService(engine)
  const anAdmin = () => aSignedInAccount(at(), { name: 'Ada', roles: ['admin'] })
  async function list(query: Record<string, string>) {
    const answer = await asAccount(at(), await anAdmin())(
      'GET',
      `${paths.accounts()}?${new URLSearchParams(query).toString()}`,
    )
    return { answer, body: expectShape(AccountListSchema, await answer.json()) }
  }
  const emails = (body: { accounts: { email: string }[] }) => body.accounts.map(({ email }) => email)

  describe('the list of accounts', () => {
    it('has pages in the order of the addresses, each account once', async () => {
      for (const i of [3, 1, 5, 2, 4]) await aSignedInAccount(at(), { email: `p${i}@pages.example` })
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const { answer, body } = await list({ q: 'pages.example', limit: '2', ...(cursor === '' ? {} : { cursor }) })
        seen.push(...emails(body))
        cursor = body.nextCursor
        expect(answer.headers.get('link')?.includes('rel="next"') ?? false).toBe(cursor !== null)
      }
      expect(seen).toEqual([1, 2, 3, 4, 5].map((i) => `p${i}@pages.example`))
    })

    it('finds part of a name or address in any case, and takes wildcards literally', async () => {
      const one = await aSignedInAccount(at(), { name: 'Zoë McQueen 50%', email: 'zoe_m@find.example' })
      for (const q of ['mcqueen', 'ZOE_M', '50%', ' Zoë ', 'find.EXAMPLE'])
        expect(emails((await list({ q })).body), q).toEqual([one.email])
      for (const q of ['zoe%find', 'zoe.m@', '5_%', "'; drop table accounts; --", '!', '\\'])
        expect(emails((await list({ q })).body), q).toEqual([])
    })

    it('has those with a role, and those that are suspended now', async () => {
      const { db } = at().service.context
      const mail = (name: string) => `${name}@filter.example`
      await aSignedInAccount(at(), { email: mail('a'), roles: ['support', 'auditor'] })
      const ended = await aSignedInAccount(at(), { email: mail('b'), roles: ['auditor'] })
      const suspended = await aSignedInAccount(at(), { email: mail('c') })
      const now = at().clock.now()
      await db.transaction().execute(async (tx) => {
        await updateAccount(tx, ended.accountId, { suspended_at: now - 2, suspended_until: now - 1 })
        await updateAccount(tx, suspended.accountId, { suspended_at: now - 2, suspended_until: now + 60_000 })
      })
      const q = 'filter.example'
      expect(emails((await list({ q, role: 'support' })).body)).toEqual([mail('a')])
      expect(emails((await list({ q, role: 'auditor' })).body)).toEqual([mail('a'), mail('b')])
      expect(emails((await list({ q, state: 'active' })).body)).toEqual([mail('a'), mail('b')])
      expect(emails((await list({ q, state: 'suspended' })).body)).toEqual([mail('c')])
    })

    it.each([{ cursor: 'x' }, { role: 'owner' }, { limit: '0' }, { state: 'gone' }, { sort: 'name' }])(
      'rejects %o',
      async (query) => {
        const answer = await asAccount(at(), await anAdmin())(
          'GET',
          `${paths.accounts()}?${new URLSearchParams(query).toString()}`,
        )
        const problem = await expectProblem(answer, 400, 'invalid-request')
        expect(pointers(problem)).toEqual([`?${Object.keys(query)[0]}`])
      },
    )
  })

  describe('an account', () => {
    it('shows rights, second factor, last use and version, and no secret', async () => {
      const { db } = at().service.context
      const organisationId = await anOrganisation(at())
      const memberships = [{ organisationId, role: 'manager' as const }]
      const { accountId, email } = await aSignedInAccount(at(), { name: 'Mia', roles: ['auditor'], memberships })
      await db
        .transaction()
        .execute((tx) => updateAccount(tx, accountId, { totp_secret: 'JBSWY3DPEHPK3PXP', password_hash: 'x' }))
      const answer = await asAccount(at(), await anAdmin())('GET', paths.account(accountId))
      const text = await answer.text()
      const body = expectShape(AccountSchema, JSON.parse(text))
      expect(body).toMatchObject({
        id: accountId,
        email,
        name: 'Mia',
        roles: ['auditor'],
        memberships,
        suspension: null,
      })
      expect(body).toMatchObject({ hasSecondFactor: true, lastUsedAt: new Date(at().clock.now()).toISOString() })
      expect(answer.headers.get('etag')).toBe(`"${body.version}"`)
      expect(text).not.toMatch(/JBSWY|hash|secret/)
    })

    it('that does not exist is a 404', async () => {
      const send = asAccount(at(), await anAdmin())
      await expectProblem(await send('GET', paths.account(NO_ACCOUNT)), 404, 'account-not-found')
      await expectProblem(await send('GET', paths.accountSessions(NO_ACCOUNT)), 404, 'account-not-found')
      const roles = { roles: [], reason: REASON }
      await expectProblem(
        await send('PUT', paths.accountRoles(NO_ACCOUNT), roles, { 'if-match': '"1"' }),
        404,
        'account-not-found',
      )
      const why = { reason: REASON }
      await expectProblem(await send('PUT', paths.accountSuspension(NO_ACCOUNT), why), 404, 'account-not-found')
      await expectProblem(await send('DELETE', paths.accountSuspension(NO_ACCOUNT), why), 404, 'account-not-found')
      await expectProblem(await send('DELETE', paths.accountSessions(NO_ACCOUNT), why), 404, 'account-not-found')
      await expectProblem(await send('POST', paths.accountRecovery(NO_ACCOUNT), why), 404, 'account-not-found')
      await expectProblem(await send('GET', paths.account("1' or '1'='1")), 400, 'invalid-request')
    })
  })

  describe('roles', () => {
    const roles = (given: readonly string[]) => ({ roles: given, reason: REASON })

    it('are set for the version that was read, with one audit entry', async () => {
      const admin = await anAdmin()
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), admin)
      const path = paths.accountRoles(accountId)
      await expectProblem(await send('PUT', path, roles(['support'])), 428, 'precondition-required')
      const set = await send('PUT', path, roles(['auditor', 'support']), { 'if-match': '"1"' })
      expect(set.status).toBe(200)
      expect(set.headers.get('etag')).toBe('"2"')
      expect(expectShape(AccountSchema, await set.json())).toMatchObject({ roles: ['support', 'auditor'], version: 2 })
      await expectProblem(await send('PUT', path, roles([]), { 'if-match': '"1"' }), 412, 'changed-meanwhile')
      await expectProblem(await send('PUT', path, roles([]), { 'if-match': 'nonsense' }), 412, 'changed-meanwhile')
      expect((await send('PUT', path, roles(['support', 'auditor']), { 'if-match': 'W/"2"' })).status).toBe(200)
      expect(await entriesOf(at(), 'account', accountId)).toMatchObject([
        {
          action: 'accounts:change-roles',
          actor: { kind: 'account', name: `Ada <${admin.email}>` },
          before: { roles: [] },
          after: { roles: ['support', 'auditor'] },
          reason: REASON,
        },
      ])
    })

    it('count at once: of the next request on the same session', async () => {
      const other = await aSignedInAccount(at())
      const read = () => asAccount(at(), other)('GET', paths.accounts())
      expect((await read()).status).toBe(403)
      const send = asAccount(at(), await anAdmin())
      await send('PUT', paths.accountRoles(other.accountId), roles(['support']), { 'if-match': '"1"' })
      expect((await read()).status).toBe(200)
      await send('PUT', paths.accountRoles(other.accountId), roles([]), { 'if-match': '"2"' })
      expect((await read()).status).toBe(403)
    })

    it('of oneself, and without a reason or with an unknown role, are rejected', async () => {
      const admin = await anAdmin()
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), admin)
      const tag = { 'if-match': '"1"' }
      await expectProblem(
        await send('PUT', paths.accountRoles(admin.accountId), roles(['admin', 'auditor']), tag),
        403,
        'not-allowed',
      )
      const path = paths.accountRoles(accountId)
      for (const body of [
        { roles: ['admin'] },
        { roles: ['admin'], reason: '' },
        { roles: ['owner'], reason: REASON },
        { roles: ['admin'], reason: '\u200b \n' },
        { roles: 'admin', reason: REASON },
      ])
        await expectProblem(await send('PUT', path, body, tag), 400, 'invalid-request')
      expect(await entriesOf(at(), 'account', accountId)).toEqual([])
    })

    it('need a fresh proof of identity', async () => {
      const send = asAccount(at(), await anAdmin())
      const { accountId } = await aSignedInAccount(at())
      at().clock.advance(10 * 60_000 + 1)
      const tag = { 'if-match': '"1"' }
      await expectProblem(
        await send('PUT', paths.accountRoles(accountId), roles(['support']), tag),
        403,
        'step-up-required',
      )
      await expectProblem(
        await send('POST', paths.accountRecovery(accountId), { reason: REASON }),
        403,
        'step-up-required',
      )
    })
  })

  describe('sessions of an account', () => {
    it('are listed without secrets and end together', async () => {
      const other = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      const answer = await send('GET', paths.accountSessions(other.accountId))
      const { sessions } = expectShape(SessionListSchema, await answer.json())
      expect(sessions).toMatchObject([{ device: 'Firefox, Linux', network: '', isCurrent: false }])
      const own = () => asAccount(at(), other)('GET', paths.accounts())
      expect((await own()).status).toBe(403)
      const end = await send('DELETE', paths.accountSessions(other.accountId), { reason: 'lost phone' })
      expect(end.status).toBe(204)
      expect((await own()).status).toBe(401)
      expect((await (await send('GET', paths.accountSessions(other.accountId))).json()) as object).toEqual({
        sessions: [],
      })
      expect((await send('DELETE', paths.accountSessions(other.accountId), { reason: 'again' })).status).toBe(204)
      expect(await entriesOf(at(), 'account', other.accountId)).toMatchObject([
        { action: 'accounts:end-sessions', before: { sessions: 1 }, after: { sessions: 0 }, reason: 'lost phone' },
      ])
    })

    it('that have ended by themselves are not listed', async () => {
      const other = await aSignedInAccount(at())
      at().clock.advance(13 * 3_600_000)
      const send = asAccount(at(), await anAdmin())
      expect(await (await send('GET', paths.accountSessions(other.accountId))).json()).toEqual({ sessions: [] })
    })
  })

  describe('recovery', () => {
    it('gives a link that is shown once; an earlier one no longer works', async () => {
      const { db } = at().service.context
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      const links: string[] = []
      for (const reason of ['lost phone', 'lost the link']) {
        const answer = await send('POST', paths.accountRecovery(accountId), { reason })
        expect(answer.status).toBe(201)
        links.push(expectShape(NewLinkSchema, await answer.json()).link)
      }
      for (const link of links) expect(link).toMatch(/^http:\/\/localhost:\d+\/console\/recovery#[\w-]{43}$/)
      const stored = await db
        .selectFrom('links')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('id')
        .execute()
      expect(stored.map(({ revoked_at }) => revoked_at === null)).toEqual([false, true])
      const entries = await entriesOf(at(), 'account', accountId)
      expect(entries.map(({ action, reason }) => [action, reason])).toEqual([
        ['accounts:recovery', 'lost phone'],
        ['accounts:recovery', 'lost the link'],
      ])
      for (const link of links) expect(JSON.stringify([stored, entries])).not.toContain(link.split('#')[1])
    })

    it('is rejected for a suspended account and for the own one', async () => {
      const admin = await anAdmin()
      const send = asAccount(at(), admin)
      const { accountId } = await aSignedInAccount(at())
      await send('PUT', paths.accountSuspension(accountId), { reason: 'abuse' })
      await expectProblem(await send('POST', paths.accountRecovery(accountId), { reason: 'x' }), 403, 'not-allowed')
      await expectProblem(
        await send('POST', paths.accountRecovery(admin.accountId), { reason: 'x' }),
        403,
        'not-allowed',
      )
    })
  })

  it('writes of another site are rejected', async () => {
    const { accountId } = await aSignedInAccount(at())
    const send = asAccount(at(), await anAdmin())
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      await expectProblem(
        await send('PUT', paths.accountSuspension(accountId), { reason: 'x' }, headers),
        403,
        'cross-site-request',
      )
  })
})
