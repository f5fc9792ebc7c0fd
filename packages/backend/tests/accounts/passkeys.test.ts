import { paths } from '@kickstand/contract'
import { softwareAuthenticator, type SoftwareAuthenticator } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { updateAccount } from '#features/accounts/people/account-store.ts'
import { expectProblem } from '../support/expect-problem.ts'
import { aSignedInAccount } from '../support/people.ts'
import { actionsOf, addPasskey, optionsFrom, originOf, ownAccount, send, expectSignedIn } from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

const ORIGIN = 'https://parking.example'

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: ORIGIN } })
  let accountId = ''
  let device: SoftwareAuthenticator
  beforeAll(async () => {
    const person = await aSignedInAccount(at(), { roles: ['moderator'], hasSecondFactor: false })
    accountId = person.accountId
    device = (await addPasskey(at(), person.cookie)).authenticator
  })

  const signInOptions = () => optionsFrom(at(), paths.signInPasskeyOptions())
  async function signInWith(
    challengeId: string,
    response: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return send(at(), 'POST', paths.signInPasskey(), { body: { challengeId, response }, headers })
  }

  describe('a passkey', () => {
    it('signs in without an address, and counts as a second factor', async () => {
      const { challengeId, options } = await signInOptions()
      expect(options).toMatchObject({ rpId: 'parking.example', userVerification: 'required', allowCredentials: [] })
      const account = await expectSignedIn(await signInWith(challengeId, device.get(options)))
      expect(account).toMatchObject({ id: accountId, session: { hasSecondFactor: true } })
      expect(account.passkeys[0]?.usedAt).toBe(new Date(at().clock.now()).toISOString())
      expect((await actionsOf(at(), accountId)).slice(0, 2)).toEqual(['passkeys:add', 'sessions:open'])
    })

    it('is made for this service, discoverable, and not twice on one device', async () => {
      const { cookie } = await aSignedInAccount(at(), { name: 'Berta', email: 'berta@example.org' })
      const { options } = await optionsFrom(at(), paths.ownPasskeyOptions(), cookie)
      expect(options).toMatchObject({
        rp: { id: 'parking.example' },
        user: { name: 'berta@example.org', displayName: 'Berta' },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: [],
      })
      const added = await addPasskey(at(), cookie)
      const again = await optionsFrom(at(), paths.ownPasskeyOptions(), added.cookie)
      expect(again.options.excludeCredentials).toHaveLength(1)
    })

    it('makes the session one with a second factor when it is added', async () => {
      const { cookie } = await aSignedInAccount(at(), { hasSecondFactor: false })
      const added = await addPasskey(at(), cookie)
      expect(await ownAccount(at(), added.cookie)).toMatchObject({ session: { hasSecondFactor: true } })
      expect(await ownAccount(at(), cookie)).toBe(401)
    })

    it('never takes its service from the Host header', async () => {
      const { challengeId, options } = await signInOptions()
      const answer = device.get(options, { origin: 'https://evil.example', rpId: 'evil.example' })
      await expectProblem(await signInWith(challengeId, answer, { host: 'evil.example' }), 401, 'sign-in-failed')
    })

    it.each([
      ['another origin', { origin: 'https://evil.example' }],
      ['the same host with another port', { origin: `${ORIGIN}:8443` }],
      ['the same host without TLS', { origin: 'http://parking.example' }],
      ['another relying party', { rpId: 'evil.example' }],
      ['a frame', { crossOrigin: true }],
      ['another challenge', { challenge: 'A'.repeat(43) }],
      ['a device that did not verify the person', { userVerified: false }],
    ])('rejects an answer for %s, for a sign-in and for a new passkey', async (_what, faults) => {
      const { challengeId, options } = await signInOptions()
      await expectProblem(await signInWith(challengeId, device.get(options, faults)), 401, 'sign-in-failed')
      // Its challenge is gone, also for the right answer.
      await expectProblem(await signInWith(challengeId, device.get(options)), 401, 'sign-in-failed')
      const { cookie } = await aSignedInAccount(at())
      const made = await optionsFrom(at(), paths.ownPasskeyOptions(), cookie)
      const body = {
        challengeId: made.challengeId,
        response: softwareAuthenticator(ORIGIN).create(made.options, faults),
        name: 'x',
      }
      await expectProblem(await send(at(), 'POST', paths.ownPasskeys(), { cookie, body }), 400, 'invalid-request')
      expect(await ownAccount(at(), cookie)).toMatchObject({ passkeys: [] })
    })

    it('rejects an answer that is repeated, also when both come at the same moment', async () => {
      const { challengeId, options } = await signInOptions()
      const response = device.get(options)
      await expectSignedIn(await signInWith(challengeId, response))
      await expectProblem(await signInWith(challengeId, response), 401, 'sign-in-failed')
      const next = await signInOptions()
      const same = device.get(next.options)
      const answers = await Promise.all([1, 2, 3].map(() => signInWith(next.challengeId, same)))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
    })

    it('rejects an answer to the challenge of another request', async () => {
      const [one, other] = [await signInOptions(), await signInOptions()]
      await expectProblem(await signInWith(other.challengeId, device.get(one.options)), 401, 'sign-in-failed')
    })

    it('rejects an answer after five minutes', async () => {
      const { challengeId, options } = await signInOptions()
      at().clock.advance(5 * 60_000)
      await expectProblem(await signInWith(challengeId, device.get(options)), 401, 'sign-in-failed')
    })

    it.each([
      ['has fallen', 49],
      ['is the same', 50],
      ['is 0 again', 0],
    ])('rejects a counter that %s', async (_what, counter) => {
      const { cookie } = await aSignedInAccount(at())
      const { authenticator } = await addPasskey(at(), cookie)
      const next = async (value: number): Promise<Response> => {
        const { challengeId, options } = await signInOptions()
        return signInWith(challengeId, authenticator.get(options, { counter: value }))
      }
      await expectSignedIn(await next(50))
      await expectProblem(await next(counter), 401, 'sign-in-failed')
      await expectSignedIn(await next(51))
    })

    it('that is synchronised has no counter, and always sends 0', async () => {
      const { cookie } = await aSignedInAccount(at())
      const { authenticator } = await addPasskey(at(), cookie, softwareAuthenticator(ORIGIN, { hasCounter: false }))
      for (let n = 0; n < 2; n += 1) {
        const { challengeId, options } = await signInOptions()
        await expectSignedIn(await signInWith(challengeId, authenticator.get(options)))
      }
    })

    it('of an account that is suspended, or of nobody, is rejected', async () => {
      const { cookie, accountId: suspended } = await aSignedInAccount(at())
      const { authenticator } = await addPasskey(at(), cookie)
      const { db } = at().service.context
      const suspension = { suspended_at: at().clock.now() }
      await db.transaction().execute((tx) => updateAccount(tx, suspended, suspension))
      for (const one of [authenticator, softwareAuthenticator(originOf(at()))]) {
        const { challengeId, options } = await signInOptions()
        await expectProblem(await signInWith(challengeId, one.get(options)), 401, 'sign-in-failed')
      }
    })

    it('cannot be added with the challenge of another account, nor one that somebody else has', async () => {
      const [one, other] = [await aSignedInAccount(at()), await aSignedInAccount(at())]
      const made = await optionsFrom(at(), paths.ownPasskeyOptions(), one.cookie)
      const key = softwareAuthenticator(ORIGIN)
      const foreign = { challengeId: made.challengeId, response: key.create(made.options), name: '' }
      const answer = await send(at(), 'POST', paths.ownPasskeys(), { cookie: other.cookie, body: foreign })
      await expectProblem(answer, 400, 'invalid-request')
      await addPasskey(at(), one.cookie, key)
      const again = await optionsFrom(at(), paths.ownPasskeyOptions(), other.cookie)
      const body = { challengeId: again.challengeId, response: key.create(again.options), name: '' }
      const twice = await send(at(), 'POST', paths.ownPasskeys(), { cookie: other.cookie, body })
      expect((await expectProblem(twice, 400, 'invalid-request')).detail).toContain('registered already')
    })

    it.each([
      ['nothing', {}],
      ['other types', { id: 1, rawId: [], type: 'public-key', response: 'x' }],
      [
        'no base64',
        {
          id: '!',
          rawId: '!',
          type: 'public-key',
          response: { clientDataJSON: '!', attestationObject: '!', authenticatorData: '!', signature: '!' },
        },
      ],
      [
        'CBOR of a thousand levels',
        {
          id: 'a',
          rawId: 'a',
          type: 'public-key',
          response: { clientDataJSON: 'e30', attestationObject: Buffer.alloc(1000, 0x81).toString('base64url') },
        },
      ],
    ])('rejects an answer with %s', async (_what, response) => {
      const { challengeId } = await signInOptions()
      await expectProblem(await signInWith(challengeId, response), 401, 'sign-in-failed')
      const { cookie } = await aSignedInAccount(at())
      const made = await optionsFrom(at(), paths.ownPasskeyOptions(), cookie)
      const body = { challengeId: made.challengeId, response, name: '' }
      await expectProblem(await send(at(), 'POST', paths.ownPasskeys(), { cookie, body }), 400, 'invalid-request')
    })

    it('proves on a session who the person is, for that session only', async () => {
      const person = await aSignedInAccount(at())
      const added = await addPasskey(at(), person.cookie)
      const prove = async (cookie: string, challengeId: string, response: unknown) =>
        send(at(), 'POST', paths.stepUp(), { cookie, body: { passkey: { challengeId, response } } })
      const { challengeId, options } = await optionsFrom(at(), paths.stepUpOptions(), added.cookie)
      expect(options.allowCredentials).toHaveLength(1)
      const stranger = await aSignedInAccount(at())
      await expectProblem(
        await prove(stranger.cookie, challengeId, added.authenticator.get(options)),
        401,
        'sign-in-failed',
      )
      const done = await prove(added.cookie, challengeId, added.authenticator.get(options))
      expect(done.status).toBe(204)
      // Nor with the passkey of another account.
      const next = await optionsFrom(at(), paths.stepUpOptions(), stranger.cookie)
      await expectProblem(
        await prove(stranger.cookie, next.challengeId, added.authenticator.get(next.options)),
        401,
        'sign-in-failed',
      )
    })
  })
})
