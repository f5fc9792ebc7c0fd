import { paths, type SessionListBody } from '@kickstand/contract'
import { GUESS_LIMITS } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { describe, expect, it } from 'vitest'
import { jobs } from '#features/accounts/jobs.ts'
import { updateAccount } from '#features/accounts/people/account-store.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { aSignedInAccount } from '../support/people.ts'
import {
  actionsOf,
  aPersonWithPassword,
  cookieOf,
  ownAccount,
  PASSWORD,
  send,
  setUpAuthenticator,
  expectSignedIn,
  signIn,
  codeAt,
} from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const NEW_PASSWORD = 'four lanes of yellow paint'
const CHANGE = { password: NEW_PASSWORD, currentPassword: PASSWORD }
/** Changes count on every server within a second. */
const SOON = { timeout: 1000, interval: 25 }

forEachEngine((engine) => {
  const at = useService(engine)

  const signInAs = async (email: string, userAgent = 'Firefox/140.0 (Android)'): Promise<string> =>
    (await expectSignedIn(await signIn(at(), { email, password: PASSWORD }, { 'user-agent': userAgent }))).cookie
  const list = async (cookie: string): Promise<SessionListBody['sessions']> => {
    const answer = await send(at(), 'GET', paths.ownSessions(), { cookie })
    return ((await answer.json()) as SessionListBody).sessions
  }
  const change = async (accountId: string, changes: Parameters<typeof updateAccount>[2]): Promise<void> => {
    await at()
      .service.context.db.transaction()
      .execute((tx) => updateAccount(tx, accountId, changes))
  }

  describe('sessions', () => {
    it('are listed with device and last use, and ended one by one or all others', async () => {
      const { cookie, email, accountId } = await aPersonWithPassword(at())
      const [second, third, fourth] = [await signInAs(email), await signInAs(email, ''), await signInAs(email)]
      const sessions = await list(second)
      expect(sessions).toHaveLength(4)
      expect(sessions.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ device: 'Firefox, Android', network: '' }])
      expect(JSON.stringify(sessions)).not.toContain(second.split('=')[1])
      const thirdId = (await list(third)).find(({ isCurrent }) => isCurrent)?.id ?? ''
      expect((await send(at(), 'DELETE', paths.ownSession(thirdId), { cookie: second })).status).toBe(204)
      expect(await ownAccount(at(), third)).toBe(401)
      await expectProblem(await send(at(), 'DELETE', paths.ownSession(thirdId), { cookie: second }), 404, 'not-found')
      expect((await send(at(), 'DELETE', paths.ownSessions(), { cookie: fourth })).status).toBe(204)
      expect(
        await Promise.all([cookie, second, fourth].map(async (one) => typeof (await ownAccount(at(), one)))),
      ).toEqual(['number', 'number', 'object'])
      expect((await actionsOf(at(), accountId)).slice(3)).toEqual(['sessions:end', 'sessions:end'])
    })

    it('are ended only after a fresh proof of identity; signing out needs none', async () => {
      const { cookie, email } = await aPersonWithPassword(at())
      const other = await signInAs(email)
      const otherId = (await list(other)).find(({ isCurrent }) => isCurrent)?.id ?? ''
      at().clock.advance(10 * MINUTE_MS + 1)
      at().service.context.sessions.forget()
      for (const path of [paths.ownSession(otherId), paths.ownSessions()])
        await expectProblem(await send(at(), 'DELETE', path, { cookie }), 403, 'step-up-required')
      expect(await list(cookie)).toHaveLength(2)
      const proved = cookieOf(await send(at(), 'POST', paths.stepUp(), { cookie, body: { password: PASSWORD } }))
      expect((await send(at(), 'DELETE', paths.ownSession(otherId), { cookie: proved })).status).toBe(204)
      expect(await list(proved)).toMatchObject([{ isCurrent: true }])
      at().clock.advance(10 * MINUTE_MS + 1)
      at().service.context.sessions.forget()
      expect((await send(at(), 'POST', paths.signOut(), { cookie: proved })).status).toBe(204)
    })

    it('that do not exist are ended without an entry', async () => {
      const { cookie, accountId } = await aSignedInAccount(at())
      expect((await send(at(), 'DELETE', paths.ownSessions(), { cookie })).status).toBe(204)
      expect(await actionsOf(at(), accountId)).toEqual([])
    })

    it('of others cannot be ended', async () => {
      const [one, other] = [await aSignedInAccount(at()), await aSignedInAccount(at())]
      const id = (await list(other.cookie))[0]?.id ?? ''
      await expectProblem(await send(at(), 'DELETE', paths.ownSession(id), { cookie: one.cookie }), 404, 'not-found')
      expect(await ownAccount(at(), other.cookie)).toMatchObject({ id: other.accountId })
    })

    it('end when the person signs out, with their cookie', async () => {
      const { cookie } = await aSignedInAccount(at())
      const answer = await send(at(), 'POST', paths.signOut(), { cookie })
      expect(answer.status).toBe(204)
      expect(answer.headers.get('set-cookie')).toMatch(/^kickstand_session=; Max-Age=0/)
      expect(await ownAccount(at(), cookie)).toBe(401)
      await expectProblem(await send(at(), 'POST', paths.signOut(), { cookie }), 401, 'sign-in-required')
    })

    it('end after twelve hours without a request, and after thirty days in any case', async () => {
      const { cookie } = await aSignedInAccount(at())
      const used = await aSignedInAccount(at())
      at().clock.advance(12 * HOUR_MS - 1)
      expect(await ownAccount(at(), used.cookie)).toMatchObject({ id: used.accountId })
      at().clock.advance(2)
      await expect.poll(() => ownAccount(at(), cookie), SOON).toBe(401)
      for (let hours = 12; hours < 30 * 24; hours += 11) {
        at().service.context.sessions.forget()
        expect(await ownAccount(at(), used.cookie)).toMatchObject({ id: used.accountId })
        at().clock.advance(11 * HOUR_MS)
      }
      at().service.context.sessions.forget()
      expect(await ownAccount(at(), used.cookie)).toBe(401)
    })

    it('that have ended are deleted, with expired challenges', async () => {
      const { cookie } = await aSignedInAccount(at())
      await send(at(), 'POST', paths.signInPasskeyOptions())
      at().clock.advance(31 * DAY_MS)
      const live = await aSignedInAccount(at())
      const { db, clock, config } = at().service.context
      for (const job of jobs({ db, clock, config })) await job.run(new AbortController().signal)
      const left = await db.selectFrom('sessions').select('account_id').execute()
      expect(left).toEqual([{ account_id: live.accountId }])
      expect(await db.selectFrom('challenges').selectAll().execute()).toEqual([])
      expect(await ownAccount(at(), cookie)).toBe(401)
    })

    it('lose their rights within a second of a suspension or demotion by another server', async () => {
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      const suspended = await aSignedInAccount(at())
      const other = await startTestService({ url: at().database.url, clock: at().clock.now })
      try {
        const rolesAt = async (): Promise<unknown> =>
          ((await (await other.get(paths.ownAccount(), { cookie: admin.cookie })).json()) as { roles?: unknown }).roles
        const statusAt = async (): Promise<number> =>
          (await other.get(paths.ownAccount(), { cookie: suspended.cookie })).status
        expect([await rolesAt(), await statusAt()]).toEqual([['admin'], 200])
        // Not through the service, as a change by another server.
        await change(admin.accountId, { roles: '' })
        await change(suspended.accountId, { suspended_at: at().clock.now(), suspension_reason: 'test' })
        await expect.poll(rolesAt, SOON).toEqual([])
        await expect.poll(statusAt, SOON).toBe(401)
        await expect.poll(() => ownAccount(at(), suspended.cookie), SOON).toBe(401)
        await change(suspended.accountId, { suspended_until: at().clock.now() + HOUR_MS })
        at().clock.advance(HOUR_MS)
        await expect.poll(statusAt, SOON).toBe(200)
      } finally {
        await other.stop()
      }
    })
  })

  describe('a change of credentials', () => {
    it('needs a proof from the last ten minutes on the same session', async () => {
      const { cookie, email, accountId } = await aPersonWithPassword(at())
      const other = await signInAs(email)
      at().clock.advance(10 * MINUTE_MS + 1)
      at().service.context.sessions.forget()
      const attempts = [
        ['PUT', paths.ownPassword(), CHANGE],
        ['DELETE', paths.ownPassword(), undefined],
        ['POST', paths.ownPasskeyOptions(), undefined],
        ['POST', paths.ownAuthenticator(), undefined],
        ['DELETE', paths.ownAuthenticator(), undefined],
        ['POST', paths.ownRecoveryCodes(), undefined],
        ['DELETE', paths.ownPasskey('0'.repeat(17)), undefined],
      ] as const
      for (const [method, path, body] of attempts)
        await expectProblem(await send(at(), method, path, { cookie, body }), 403, 'step-up-required')
      const wrong = await send(at(), 'POST', paths.stepUp(), { cookie, body: { password: 'wrong' } })
      await expectProblem(wrong, 401, 'sign-in-failed')
      const proved = await send(at(), 'POST', paths.stepUp(), { cookie, body: { password: PASSWORD } })
      expect(proved.status).toBe(204)
      expect(await ownAccount(at(), cookie)).toBe(401)
      // The other session has proved nothing.
      const body = CHANGE
      await expectProblem(
        await send(at(), 'PUT', paths.ownPassword(), { cookie: other, body }),
        403,
        'step-up-required',
      )
      const changed = await send(at(), 'PUT', paths.ownPassword(), { cookie: cookieOf(proved), body })
      expect(changed.status).toBe(204)
      expect((await actionsOf(at(), accountId)).slice(1)).toEqual(['sessions:step-up', 'passwords:set'])
    })

    it('needs the code of an authenticator app, too, and each code once', async () => {
      const person = await aPersonWithPassword(at())
      const { secret, cookie } = await setUpAuthenticator(at(), person.cookie)
      const prove = async (of: string, body: unknown) => send(at(), 'POST', paths.stepUp(), { cookie: of, body })
      await expectProblem(await prove(cookie, { password: PASSWORD }), 403, 'second-factor-required')
      const code = codeAt(secret, at().service.context.clock())
      await expectProblem(await prove(cookie, { password: PASSWORD, code }), 401, 'sign-in-failed')
      at().clock.advance(MINUTE_MS)
      const next = codeAt(secret, at().service.context.clock())
      expect((await prove(cookie, { password: PASSWORD, code: next })).status).toBe(204)
    })

    it('is proved with one kind of proof', async () => {
      const { cookie } = await aPersonWithPassword(at())
      for (const body of [
        {},
        { code: '123456' },
        { password: PASSWORD, passkey: { challengeId: '0'.repeat(17), response: {} } },
      ])
        await expectProblem(await send(at(), 'POST', paths.stepUp(), { cookie, body }), 400, 'invalid-request')
    })

    it('of the password ends all other sessions and renews this one', async () => {
      const { cookie, email } = await aPersonWithPassword(at())
      const other = await signInAs(email)
      const answer = await send(at(), 'PUT', paths.ownPassword(), { cookie, body: CHANGE })
      for (const ended of [cookie, other]) expect(await ownAccount(at(), ended)).toBe(401)
      expect(await ownAccount(at(), cookieOf(answer))).toMatchObject({ email })
      await expectProblem(await signIn(at(), { email, password: PASSWORD }), 401, 'sign-in-failed')
      await expectSignedIn(await signIn(at(), { email, password: NEW_PASSWORD }))
    })

    it('of the password asks for the current one, with the limits of guesses at sign-in', async () => {
      const { cookie, email } = await aPersonWithPassword(at())
      const set = async (body: unknown, of = cookie): Promise<Response> =>
        send(at(), 'PUT', paths.ownPassword(), { cookie: of, body })
      const guess = { password: NEW_PASSWORD, currentPassword: 'not the password' }
      for (const body of [{ password: NEW_PASSWORD }, ...Array.from({ length: GUESS_LIMITS.pair.free }, () => guess)])
        expect(pointers(await expectProblem(await set(body), 400, 'invalid-request'))).toEqual(['/currentPassword'])
      // Also with the right one, and at the sign-in: they count together.
      await expectProblem(await set(CHANGE), 429, 'rate-limited')
      await expectProblem(await signIn(at(), { email, password: PASSWORD }), 429, 'rate-limited')
      at().clock.advance(GUESS_LIMITS.pair.delayMs)
      const changed = await set(CHANGE)
      expect(changed.status).toBe(204)
      await expectSignedIn(await signIn(at(), { email, password: NEW_PASSWORD }))
      // A person without a password sets one, and has no current one to type.
      const other = await aSignedInAccount(at())
      expect((await set({ password: NEW_PASSWORD }, other.cookie)).status).toBe(204)
    })

    it.each([
      ['too short', 'short 1'],
      ['one character repeated', 'aaaaaaaa'],
      ['a run of digits', '98765432'],
      ['common', 'password123'],
      ['with the name', 'Annabella parks here'],
      ['too long', 'x'.repeat(257)],
    ])('rejects a password that is %s', async (_what, password) => {
      const { cookie } = await aPersonWithPassword(at(), { name: 'Annabella' })
      const body = { password, currentPassword: PASSWORD }
      const answer = await send(at(), 'PUT', paths.ownPassword(), { cookie, body })
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual(['/password'])
      expect(await ownAccount(at(), cookie)).toMatchObject({ name: 'Annabella' })
    })
  })

  describe('the own profile', () => {
    it('changes with the version that it has, once', async () => {
      const { cookie, accountId } = await aSignedInAccount(at())
      const etag = (await send(at(), 'GET', paths.ownAccount(), { cookie })).headers.get('etag') ?? ''
      const patch = async (body: unknown, headers: Record<string, string>) =>
        send(at(), 'PATCH', paths.ownAccount(), { cookie, body, headers })
      await expectProblem(await patch({ name: 'Berta' }, {}), 428, 'precondition-required')
      const changed = await patch({ name: ' Berta\u0007 ', language: 'de' }, { 'if-match': etag })
      expect(changed.status).toBe(200)
      expect(await changed.json()).toMatchObject({ name: 'Berta', language: 'de', version: 2 })
      expect(changed.headers.get('etag')).toBe('"2"')
      for (const tag of [etag, '"99"', 'something', '*'])
        await expectProblem(await patch({ name: 'Carla' }, { 'if-match': tag }), 412, 'changed-meanwhile')
      const blank = await patch({ name: '\u200b \n' }, { 'if-match': '"2"' })
      expect(pointers(await expectProblem(blank, 400, 'invalid-request'))).toEqual(['/name'])
      expect(await actionsOf(at(), accountId)).toEqual(['accounts:change'])
    })

    it('has no new version and no entry when nothing of it changes', async () => {
      const { cookie, accountId } = await aSignedInAccount(at())
      const body = { name: ' Anna ', language: 'en' }
      const same = await send(at(), 'PATCH', paths.ownAccount(), { cookie, body, headers: { 'if-match': '"1"' } })
      expect([same.status, same.headers.get('etag')]).toEqual([200, '"1"'])
      const stale = await send(at(), 'PATCH', paths.ownAccount(), { cookie, body, headers: { 'if-match': '"9"' } })
      await expectProblem(stale, 412, 'changed-meanwhile')
      expect(await actionsOf(at(), accountId)).toEqual([])
    })

    it('never changes roles or the address', async () => {
      const { cookie } = await aSignedInAccount(at())
      for (const body of [{ roles: ['admin'] }, { email: 'a@example.org' }, { language: 'xx' }]) {
        const answer = await send(at(), 'PATCH', paths.ownAccount(), { cookie, body, headers: { 'if-match': '"1"' } })
        await expectProblem(answer, 400, 'invalid-request')
      }
    })
  })
})
