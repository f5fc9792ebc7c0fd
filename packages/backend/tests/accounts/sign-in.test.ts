import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { hash } from '@node-rs/argon2'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { allEntries } from '#audit/list-entries.ts'
import { readAccount, updateAccount } from '#features/accounts/people/account-store.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { aSignedInAccount } from '../support/people.ts'
import {
  actionsOf,
  aPersonWithPassword,
  cookieOf,
  ownAccount,
  PASSWORD,
  send,
  expectSignedIn,
  signIn,
} from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

const DAY_MS = 24 * 3_600_000

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })
  afterEach(() => vi.restoreAllMocks())

  async function suspend(accountId: string): Promise<void> {
    const now = at().clock.now()
    await at()
      .service.context.db.transaction()
      .execute((tx) => updateAccount(tx, accountId, { suspended_at: now }))
  }

  describe('signing in with a password', () => {
    it('opens a session with the account and one audit entry without secrets', async () => {
      const { email, accountId } = await aPersonWithPassword(at(), { name: 'Berta' })
      const answer = await signIn(at(), { email, password: PASSWORD })
      const account = await expectSignedIn(answer)
      expect(account).toMatchObject({
        id: accountId,
        name: 'Berta',
        hasPassword: true,
        session: { hasSecondFactor: false },
      })
      expect(await ownAccount(at(), account.cookie)).toMatchObject({ id: accountId, session: account.session })
      expect(await actionsOf(at(), accountId)).toEqual(['sessions:open'])
      let log = ''
      for await (const entry of allEntries(at().service.context.db)) log += JSON.stringify(entry)
      for (const secret of [PASSWORD, account.cookie.split('=')[1] ?? '?', '$argon2']) expect(log).not.toContain(secret)
    })

    it('sets a cookie that no script reads, no other site sends and no clock of a client ends', async () => {
      const { email } = await aPersonWithPassword(at())
      const cookie = (await signIn(at(), { email, password: PASSWORD })).headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^kickstand_session=[\w-]{43}; /)
      expect(cookie).toContain('HttpOnly')
      expect(cookie).toContain('SameSite=Strict')
      expect(cookie).toContain('Path=/')
      expect(cookie).not.toMatch(/expires|max-age/i)
    })

    it('sets over TLS a cookie that no other host or path can set, and takes no other', async () => {
      const { email, cookie: plain } = await aPersonWithPassword(at())
      const headers = { 'x-forwarded-proto': 'https' }
      const answer = await signIn(at(), { email, password: PASSWORD }, headers)
      expect(answer.headers.get('set-cookie')).toMatch(
        /^__Host-kickstand_session=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      )
      const status = async (cookie: string) => (await send(at(), 'GET', paths.ownAccount(), { cookie, headers })).status
      expect(await status(cookieOf(answer))).toBe(200)
      expect(await status(plain)).toBe(401)
    })

    it('accepts the address in any case and with space around it, and the password in another Unicode form', async () => {
      const { email, accountId } = await aSignedInAccount(at())
      const stored = await at().service.context.passwords.hash('Öde Straße im Süden'.normalize('NFKC'))
      await at()
        .service.context.db.transaction()
        .execute((tx) => updateAccount(tx, accountId, { password_hash: stored }))
      const typed = { email: ` ${email.toUpperCase()}\t`, password: 'Öde Straße im Süden'.normalize('NFD') }
      expect(await expectSignedIn(await signIn(at(), typed))).toMatchObject({ id: accountId })
    })

    it('replaces a hash with a smaller cost, with the right password only', async () => {
      const { email, accountId } = await aSignedInAccount(at())
      const { db } = at().service.context
      const cheap = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
      await db.transaction().execute((tx) => updateAccount(tx, accountId, { password_hash: cheap }))
      const stored = async (): Promise<string> => (await readAccount(db, accountId))?.password_hash ?? ''
      await expectProblem(await signIn(at(), { email, password: 'wrong' }), 401, 'sign-in-failed')
      expect(await stored()).toBe(cheap)
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      const replaced = await stored()
      expect(replaced).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      expect(await stored()).toBe(replaced)
    })

    it('answers alike for a wrong password, an unknown or suspended account and one without a password', async () => {
      const person = await aPersonWithPassword(at())
      const suspended = await aPersonWithPassword(at())
      await suspend(suspended.accountId)
      const withoutPassword = await aSignedInAccount(at())
      const verify = vi.spyOn(at().service.context.passwords, 'verify')
      const attempts = [
        { email: person.email, password: 'wrong' },
        { email: 'nobody@example.org', password: PASSWORD },
        { email: suspended.email, password: PASSWORD },
        { email: withoutPassword.email, password: PASSWORD },
      ]
      const answers = []
      for (const attempt of attempts) {
        const answer = await signIn(at(), attempt)
        expect(answer.headers.get('set-cookie')).toBeNull()
        const { requestId, ...problem } = await expectProblem(answer, 401, 'sign-in-failed')
        expect(requestId).not.toBe('')
        answers.push(problem)
      }
      expect(new Set(answers.map((problem) => JSON.stringify(problem))).size).toBe(1)
      // Also the work is the same: a password is verified each time.
      expect(verify).toHaveBeenCalledTimes(attempts.length)
    })

    it('takes the same time whether the account exists', async () => {
      const { passwords } = at().service.context
      const known = await passwords.hash(PASSWORD)
      const times = { known: [] as number[], none: [] as number[] }
      for (let i = 0; i < 15; i += 1) {
        for (const [of, against] of [
          ['known', known],
          ['none', null],
        ] as const) {
          const start = performance.now()
          expect(await passwords.verify(against, 'wrong')).toBe(false)
          times[of].push(performance.now() - start)
        }
      }
      const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
      // A verification that was left out would take a hundredth.
      expect(median(times.none)).toBeGreaterThan(median(times.known) / 3)
      expect(median(times.known)).toBeGreaterThan(median(times.none) / 3)
    })

    it.each([
      ['letters that look alike', 'аnna@example.org'],
      ['300 characters', `${'a'.repeat(288)}@example.org`],
      ['a line break', 'anna@example.org\r\nBcc: all@example.org'],
      ['no domain', 'anna'],
    ])('rejects an address with %s, naming the field', async (_what, email) => {
      const problem = await expectProblem(await signIn(at(), { email, password: PASSWORD }), 400, 'invalid-request')
      expect(pointers(problem)).toEqual(['/email'])
    })

    it('never keeps a cookie that was sent with it, and never the session of before', async () => {
      const { email, cookie } = await aPersonWithPassword(at())
      const chosen = `kickstand_session=${'A'.repeat(43)}`
      for (const sent of [chosen, cookie]) {
        const answer = await signIn(at(), { email, password: PASSWORD }, { cookie: sent })
        expect(cookieOf(answer)).not.toBe(sent)
        expect(await ownAccount(at(), cookieOf(answer))).toMatchObject({ email })
      }
      expect(await ownAccount(at(), chosen)).toBe(401)
    })

    it.each([
      ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
      [
        'a form of another site',
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      ],
      [
        'a frame of another site',
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      ],
      ['another host of the same site', { origin: 'https://blog.parking.example', 'sec-fetch-site': 'same-site' }],
      ['a page without an origin', { origin: 'null' }],
    ])('is rejected from %s, and so are changes with a session', async (_what, headers) => {
      const { email, cookie } = await aPersonWithPassword(at())
      await expectProblem(await signIn(at(), { email, password: PASSWORD }, headers), 403, 'cross-site-request')
      for (const [method, path] of [
        ['POST', paths.signOut()],
        ['DELETE', paths.ownSessions()],
      ] as const)
        await expectProblem(await send(at(), method, path, { cookie, headers }), 403, 'cross-site-request')
      expect(await ownAccount(at(), cookie)).toMatchObject({ email })
    })

    it('cannot be done by a form, which sends no JSON', async () => {
      const { email } = await aPersonWithPassword(at())
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
        const answer = await fetch(at().url + paths.signInPassword(), {
          method: 'POST',
          headers: { 'content-type': type },
          body: JSON.stringify({ email, password: PASSWORD }),
        })
        await expectProblem(answer, 415, 'unsupported-media-type')
      }
    })

    it('does not depend on the clock of the client', async () => {
      const { email } = await aPersonWithPassword(at())
      const date = new Date(at().clock.now() - DAY_MS).toUTCString()
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }, { date, 'if-modified-since': date }))
    })

    it('reads no session, and neither does any other public route', async () => {
      const { email, cookie } = await aPersonWithPassword(at())
      const find = vi.spyOn(at().service.context.sessions, 'find')
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }, { cookie }))
      for (const path of [
        `${paths.nearby()}?lat=48&lng=11`,
        paths.appConfig(),
        paths.sources(),
        '/healthz',
        paths.myContributions(),
      ])
        expect((await send(at(), 'GET', path, { cookie })).status, path).toBe(200)
      expect(find).not.toHaveBeenCalled()
      await ownAccount(at(), cookie)
      expect(find).toHaveBeenCalledOnce()
    })

    it('is rejected with an unknown field, or with both kinds of codes', async () => {
      const { email } = await aPersonWithPassword(at())
      for (const more of [{ remember: true }, { code: '123456', recoveryCode: '0123-4567-89ab-cdef' }])
        await expectProblem(await signIn(at(), { email, password: PASSWORD, ...more }), 400, 'invalid-request')
    })
  })
})
