import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { allEntries } from '#audit/list-entries.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { insertRecoveryCodes } from '#features/accounts/credentials/recovery-code-store.ts'
import { verifyPerson } from '#features/accounts/sign-in/verify-person.ts'
import { hashOfKey } from '#platform/ids.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { anOrganisation, aSignedInAccount } from '../support/people.ts'
import {
  actionsOf,
  addPasskey,
  aPersonWithPassword,
  codeAt,
  cookieOf,
  optionsFrom,
  ownAccount,
  PASSWORD,
  send,
  setUpAuthenticator,
  expectSignedIn,
  signIn,
} from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

const STEP_MS = 30_000
const DAY_MS = 24 * 3_600_000

forEachEngine((engine) => {
  const at = useService(engine)
  const now = (): number => at().service.context.clock()

  /** A person with an authenticator app, whose next code has not been used yet. */
  async function aPersonWithApp() {
    const person = await aPersonWithPassword(at(), { hasSecondFactor: false })
    const app = await setUpAuthenticator(at(), person.cookie)
    at().clock.advance(2 * STEP_MS)
    return { ...person, ...app, proof: { email: person.email, password: PASSWORD } }
  }

  describe('an authenticator app', () => {
    it('counts only after a code of it and one of the ten recovery codes were typed', async () => {
      const { cookie, email, accountId } = await aPersonWithPassword(at(), { hasSecondFactor: false })
      const started = await send(at(), 'POST', paths.ownAuthenticator(), { cookie })
      expect(started.status).toBe(201)
      const { secret, uri, recoveryCodes } = (await started.json()) as {
        secret: string
        uri: string
        recoveryCodes: string[]
      }
      expect(new URL(uri).searchParams.get('secret')).toBe(secret)
      expect(uri).toMatch(/^otpauth:\/\/totp\//)
      expect(new Set(recoveryCodes).size).toBe(10)
      for (const code of recoveryCodes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/)
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))

      const right = { code: codeAt(secret, now()), recoveryCode: recoveryCodes[3] }
      for (const [pointer, body] of [
        ['/code', { ...right, code: codeAt(secret, now() + DAY_MS) }],
        ['/code', { ...right, code: '' }],
        ['/recoveryCode', { ...right, recoveryCode: '000000-000000-000000-000000' }],
      ] as const) {
        const request = { cookie: cookieOf(started), body }
        const answer = await send(at(), 'POST', paths.ownAuthenticatorConfirmation(), request)
        expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual([pointer])
      }
      const body = { ...right, recoveryCode: right.recoveryCode?.toUpperCase().replaceAll('-', ' ') }
      const done = await send(at(), 'POST', paths.ownAuthenticatorConfirmation(), { cookie: cookieOf(started), body })
      expect(done.status).toBe(204)
      expect(await ownAccount(at(), cookieOf(done))).toMatchObject({
        hasAuthenticator: true,
        recoveryCodesLeft: 10,
        session: { hasSecondFactor: true },
      })
      // The session was renewed: the cookies from before have ended.
      for (const old of [cookie, cookieOf(started)]) expect(await ownAccount(at(), old)).toBe(401)
      expect(await actionsOf(at(), accountId)).toEqual([
        'authenticators:start',
        'sessions:open',
        'authenticators:confirm',
      ])
      let log = ''
      for await (const entry of allEntries(at().service.context.db)) log += JSON.stringify(entry)
      for (const one of [secret, ...recoveryCodes]) expect(log).not.toContain(one)
    })

    it('is asked for with the right password only, and its code makes a session with a second factor', async () => {
      const { proof, secret } = await aPersonWithApp()
      await expectProblem(await signIn(at(), { ...proof, password: 'wrong' }), 401, 'sign-in-failed')
      await expectProblem(await signIn(at(), proof), 403, 'second-factor-required')
      const code = codeAt(secret, now())
      await expectProblem(await signIn(at(), { ...proof, password: 'wrong', code }), 401, 'sign-in-failed')
      expect(
        await expectSignedIn(await signIn(at(), { ...proof, code: `${code.slice(0, 3)} ${code.slice(3)}` })),
      ).toMatchObject({
        session: { hasSecondFactor: true },
      })
    })

    it('has codes that work once, and none from before the last', async () => {
      const { proof, secret } = await aPersonWithApp()
      const code = codeAt(secret, now())
      await expectSignedIn(await signIn(at(), { ...proof, code }))
      await expectProblem(await signIn(at(), { ...proof, code }), 401, 'sign-in-failed')
      await expectProblem(
        await signIn(at(), { ...proof, code: codeAt(secret, now() - STEP_MS) }),
        401,
        'sign-in-failed',
      )
      await expectSignedIn(await signIn(at(), { ...proof, code: codeAt(secret, now() + STEP_MS) }))
    })

    it('lets one of several that send the same code at the same moment in', async () => {
      const { proof, secret } = await aPersonWithApp()
      const code = codeAt(secret, now())
      const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(at(), { ...proof, code })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401])
    })

    it.each([
      ['a minute ago', -2 * STEP_MS],
      ['in a minute', 2 * STEP_MS],
      ['of a device whose clock is a day slow', -DAY_MS],
      ['of a device whose clock is a day fast', DAY_MS],
    ])('rejects a code of %s', async (_what, offset) => {
      const { proof, secret } = await aPersonWithApp()
      await expectProblem(await signIn(at(), { ...proof, code: codeAt(secret, now() + offset) }), 401, 'sign-in-failed')
    })
  })

  describe('a recovery code', () => {
    it('replaces the app once, also when two send it at the same moment', async () => {
      const { proof, recoveryCodes } = await aPersonWithApp()
      const [first = '', second = ''] = recoveryCodes
      const account = await expectSignedIn(await signIn(at(), { ...proof, recoveryCode: first }))
      expect(account).toMatchObject({ recoveryCodesLeft: 9, session: { hasSecondFactor: true } })
      await expectProblem(await signIn(at(), { ...proof, recoveryCode: first }), 401, 'sign-in-failed')
      const answers = await Promise.all([1, 2, 3].map(() => signIn(at(), { ...proof, recoveryCode: second })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
    })

    it('has 120 random bits, and is typed in any case, with spaces or dashes or none', async () => {
      const { proof, recoveryCodes } = await aPersonWithApp()
      const plain = recoveryCodes.map((code) => code.replaceAll('-', ''))
      // 24 characters of an alphabet of 32. Ten random ones at a position are next to never all the same.
      for (const code of plain) expect(code).toHaveLength(24)
      for (let i = 0; i < 24; i += 1)
        expect(new Set(plain.map((code) => code.charAt(i))).size, `${i}`).toBeGreaterThan(1)
      const [one = '', two = '', three = ''] = recoveryCodes
      for (const recoveryCode of [one.toUpperCase(), ` ${two.replaceAll('-', ' ')} `, three.replaceAll('-', '')])
        await expectSignedIn(await signIn(at(), { ...proof, recoveryCode }))
    })

    it('of sixteen characters, as they were before, still works', async () => {
      const { proof, accountId } = await aPersonWithApp()
      const hash = hashOfKey('0123456789abcdef')
      await runTransaction(at().service.context, (tx) => insertRecoveryCodes(tx, accountId, [hash], false))
      await expectSignedIn(await signIn(at(), { ...proof, recoveryCode: '0123-4567-89AB-CDEF' }))
    })

    it('ends when ten new ones are made', async () => {
      const { proof, recoveryCodes, cookie } = await aPersonWithApp()
      const answer = await send(at(), 'POST', paths.ownRecoveryCodes(), { cookie })
      const { recoveryCodes: fresh } = (await answer.json()) as { recoveryCodes: string[] }
      expect(new Set([...fresh, ...recoveryCodes]).size).toBe(20)
      await expectProblem(await signIn(at(), { ...proof, recoveryCode: recoveryCodes[0] }), 401, 'sign-in-failed')
      await expectSignedIn(await signIn(at(), { ...proof, recoveryCode: fresh[0] }))
    })

    it('is not made without a second factor that it could replace', async () => {
      const { cookie } = await aPersonWithPassword(at())
      await expectProblem(await send(at(), 'POST', paths.ownRecoveryCodes(), { cookie }), 409, 'credential-needed')
    })

    it('of another account, or that was never confirmed, is wrong', async () => {
      const other = await aPersonWithApp()
      const { email, cookie } = await aPersonWithPassword(at())
      const started = await send(at(), 'POST', paths.ownAuthenticator(), { cookie })
      const { recoveryCodes } = (await started.json()) as { recoveryCodes: string[] }
      for (const recoveryCode of [other.recoveryCodes[0], recoveryCodes[0]])
        await expectProblem(await signIn(at(), { email, password: PASSWORD, recoveryCode }), 401, 'sign-in-failed')
    })
  })

  it('a code that two requests verified before either used it works for one of them', async () => {
    const { proof, secret, recoveryCodes } = await aPersonWithApp()
    const { context } = at().service
    const who = { email: proof.email, address: '127.0.0.1' }
    for (const code of [{ code: codeAt(secret, now()) }, { recoveryCode: recoveryCodes[0] ?? '' }]) {
      const typed = { password: PASSWORD, ...code }
      const verified = [await verifyPerson(context, who, typed), await verifyPerson(context, who, typed)]
      const spent = await Promise.all(verified.map((one) => runTransaction(context, (tx) => one.spend(tx))))
      expect(spent.filter(Boolean)).toHaveLength(1)
    }
  })

  describe('a session without the second factor that its account has', () => {
    it('cannot change credentials, until the factor was used on it', async () => {
      const { email, cookie: first } = await aPersonWithPassword(at(), { roles: ['admin'] })
      const { authenticator, id } = await addPasskey(at(), first)
      const { cookie, session } = await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      expect(session.hasSecondFactor).toBe(false)
      const foreign = { challengeId: id, response: {}, name: '' }
      for (const [method, path, body] of [
        ['POST', paths.ownPasskeyOptions(), undefined],
        ['POST', paths.ownAuthenticator(), undefined],
        ['POST', paths.ownRecoveryCodes(), undefined],
        ['POST', paths.ownPasskeys(), foreign],
        ['DELETE', paths.ownPasskey(id), undefined],
        ['PUT', paths.ownPassword(), { password: 'four lanes of yellow paint' }],
        ['DELETE', paths.ownPassword(), { passkey: { challengeId: id, response: {} } }],
      ] as const)
        await expectProblem(await send(at(), method, path, { cookie, body }), 403, 'second-factor-required')
      const { challengeId, options } = await optionsFrom(at(), paths.stepUpOptions(), cookie)
      const passkey = { challengeId, response: authenticator.get(options) }
      const proved = await send(at(), 'POST', paths.stepUp(), { cookie, body: { passkey } })
      const codes = await send(at(), 'POST', paths.ownRecoveryCodes(), { cookie: cookieOf(proved) })
      expect(codes.status).toBe(200)
    })
  })

  describe('the password', () => {
    it('is removed with a passkey of the person only, not with the session alone', async () => {
      const person = await aPersonWithPassword(at())
      const { cookie, authenticator } = await addPasskey(at(), person.cookie)
      const other = await addPasskey(at(), (await aSignedInAccount(at())).cookie)
      const prove = async (by: typeof authenticator, of = cookie) => {
        const { challengeId, options } = await optionsFrom(at(), paths.stepUpOptions(), of)
        return { passkey: { challengeId, response: by.get(options) } }
      }
      const remove = (body?: unknown) => send(at(), 'DELETE', paths.ownPassword(), { cookie, body })
      await expectProblem(await remove(), 400, 'invalid-request')
      await expectProblem(await remove({ currentPassword: PASSWORD }), 400, 'invalid-request')
      // Of another person, and for the session of another person.
      const foreign = await prove(other.authenticator, other.cookie)
      await expectProblem(await remove(foreign), 401, 'sign-in-failed')
      expect(await ownAccount(at(), cookie)).toMatchObject({ hasPassword: true })
      const proof = await prove(authenticator)
      const removed = await remove(proof)
      expect(removed.status).toBe(204)
      expect(await ownAccount(at(), cookieOf(removed))).toMatchObject({ hasPassword: false })
      const again = await send(at(), 'DELETE', paths.ownPassword(), { cookie: cookieOf(removed), body: proof })
      await expectProblem(again, 401, 'sign-in-failed')
    })
  })

  describe('the last second factor', () => {
    it('cannot be removed from an account with a role, also by two requests at the same moment', async () => {
      const viewer = { memberships: [{ organisationId: await anOrganisation(at()), role: 'viewer' }] } as const
      for (const rights of [{ roles: ['support'] }, viewer] as const) {
        const person = await aPersonWithPassword(at(), rights)
        const { cookie, id } = await addPasskey(at(), person.cookie)
        await expectProblem(await send(at(), 'DELETE', paths.ownPasskey(id), { cookie }), 409, 'credential-needed')
        const { cookie: renewed } = await setUpAuthenticator(at(), cookie)
        const answers = await Promise.all([
          send(at(), 'DELETE', paths.ownPasskey(id), { cookie: renewed }),
          send(at(), 'DELETE', paths.ownAuthenticator(), { cookie: renewed }),
        ])
        expect(answers.filter(({ status }) => status === 204).length).toBeLessThan(2)
        const account = await signInOrRead(answers.map(cookieOf).find((one) => one !== '') ?? renewed)
        expect(account.passkeys.length + Number(account.hasAuthenticator)).toBe(1)
      }
    })

    async function signInOrRead(cookie: string) {
      const account = await ownAccount(at(), cookie)
      if (typeof account === 'number') throw new Error(`the session has ended: ${account}`)
      return account
    }

    it('can be removed by a person without a role, with the recovery codes of the app', async () => {
      const { cookie, email } = await aPersonWithApp()
      const answer = await send(at(), 'DELETE', paths.ownAuthenticator(), { cookie })
      expect(answer.status).toBe(204)
      expect(await ownAccount(at(), cookieOf(answer))).toMatchObject({ hasAuthenticator: false, recoveryCodesLeft: 0 })
      await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      const again = await send(at(), 'DELETE', paths.ownAuthenticator(), { cookie: cookieOf(answer) })
      await expectProblem(again, 404, 'not-found')
    })

    it('is also kept as the last way to sign in', async () => {
      const { cookie: first } = await aSignedInAccount(at())
      const { cookie, id } = await addPasskey(at(), first)
      await expectProblem(await send(at(), 'DELETE', paths.ownPasskey(id), { cookie }), 409, 'credential-needed')
      const withPassword = await send(at(), 'PUT', paths.ownPassword(), { cookie, body: { password: PASSWORD } })
      const removed = await send(at(), 'DELETE', paths.ownPasskey(id), { cookie: cookieOf(withPassword) })
      expect(removed.status).toBe(204)
      // A password is removed with a passkey only, and none is left.
      const body = { passkey: { challengeId: id, response: {} } }
      const last = await send(at(), 'DELETE', paths.ownPassword(), { cookie: cookieOf(removed), body })
      await expectProblem(last, 401, 'sign-in-failed')
    })
  })
})
