import path from 'node:path'
import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { testSettings } from '@kickstand/testkit/start-service'
import { describe, expect, it, vi } from 'vitest'
import { listAccess } from '#app/list-access.ts'
import { parseConfig } from '#platform/config.ts'
import { sendSample, NO_ID, type Sample } from '../support/access-requests.ts'
import { expectProblem } from '../support/expect-problem.ts'
import { aBrowser } from '../support/push-service.ts'
import {
  addPasskey,
  aPersonWithPassword,
  cookieOf,
  expectSignedIn,
  ownAccount,
  PASSWORD,
  send,
  setUpAuthenticator,
  signIn,
} from '../support/sign-in.ts'
import { useService, type ServiceUnderTest } from '../support/use-service.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
/** The routes with which people change their own account. */
const changes = (await listAccess(parseConfig(testSettings('sqlite::memory:'), ROOT))).filter(
  ({ access, method }) => access === 'own-account' && method !== 'GET',
)
/** The changes that a session without the second factor of its account may make. */
const ALLOWED = [
  'POST /v1/sign-out',
  'POST /v1/account/step-up',
  'POST /v1/account/step-up/options',
  'POST /v1/account/notifications/read',
]
const NEW_PASSWORD = 'four lanes of yellow paint'
const CODE = { code: '123456', recoveryCode: '000000-000000-000000-000000' }
/** Bodies that the schemas accept. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  'POST /v1/account/memberships': { body: { secret: 'x'.repeat(43) } },
  'PATCH /v1/account': { body: { name: 'Eve' } },
  'PUT /v1/account/password': { body: { password: NEW_PASSWORD, currentPassword: PASSWORD } },
  'DELETE /v1/account/password': { body: { passkey: { challengeId: NO_ID, response: {} } } },
  'POST /v1/account/passkeys': { body: { challengeId: NO_ID, response: {}, name: 'key' } },
  'POST /v1/account/authenticator/confirmation': { body: CODE },
  'POST /v1/account/notifications/read': { body: { upTo: NO_ID } },
  'PUT /v1/account/notification-preferences': { body: { channels: [], quietHours: null } },
  'POST /v1/account/push-subscriptions': { body: aBrowser().subscription },
}

forEachEngine((engine) => {
  const at = useService(engine)

  describe('a person who knows only the password of an account with a passkey', () => {
    it.each(changes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (name, route) => {
      const { email, cookie: first } = await aPersonWithPassword(at())
      await addPasskey(at(), first)
      const { cookie } = await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      const ids = { organisationId: NO_ID }
      const { code } = await sendSample(at(), route, SAMPLES[name] ?? {}, { cookie, 'if-match': '"1"' }, ids)
      if (ALLOWED.includes(name)) expect(code).not.toBe('second-factor-required')
      else expect(code).toBe('second-factor-required')
    })

    it('can read the account', async () => {
      const { email, cookie: first } = await aPersonWithPassword(at())
      await addPasskey(at(), first)
      const { cookie } = await expectSignedIn(await signIn(at(), { email, password: PASSWORD }))
      expect(await ownAccount(at(), cookie)).toMatchObject({ email, session: { hasSecondFactor: false } })
    })
  })

  describe('after the last second factor was removed', () => {
    it('no session has one', async () => {
      const { cookie: first, email } = await aPersonWithPassword(at(), { hasSecondFactor: false })
      const { cookie: own, recoveryCodes } = await setUpAuthenticator(at(), first)
      const proof = { email, password: PASSWORD, recoveryCode: recoveryCodes[0] }
      const other = await expectSignedIn(await signIn(at(), proof))
      expect(other.session.hasSecondFactor).toBe(true)
      const removed = await send(at(), 'DELETE', paths.ownAuthenticator(), { cookie: own })
      expect(removed.status).toBe(204)
      for (const cookie of [cookieOf(removed), other.cookie])
        expect(await ownAccount(at(), cookie)).toMatchObject({ session: { hasSecondFactor: false } })
    })

    it('no recovery code replaces it', async () => {
      const { cookie: first, email } = await aPersonWithPassword(at())
      const { cookie, id } = await addPasskey(at(), first)
      const made = await send(at(), 'POST', paths.ownRecoveryCodes(), { cookie })
      const { recoveryCodes } = (await made.json()) as { recoveryCodes: string[] }
      const removed = await send(at(), 'DELETE', paths.ownPasskey(id), { cookie: cookieOf(made) })
      expect(removed.status).toBe(204)
      expect(await ownAccount(at(), cookieOf(removed))).toMatchObject({ recoveryCodesLeft: 0 })
      const answer = await signIn(at(), { email, password: PASSWORD, recoveryCode: recoveryCodes[0] })
      await expectProblem(answer, 401, 'sign-in-failed')
    })

    it('which it was not while the account has another', async () => {
      const { cookie: first } = await aPersonWithPassword(at(), { hasSecondFactor: false })
      const { cookie, id } = await addPasskey(at(), first)
      const { cookie: both } = await setUpAuthenticator(at(), cookie)
      const removed = await send(at(), 'DELETE', paths.ownPasskey(id), { cookie: both })
      const left = { recoveryCodesLeft: 10, session: { hasSecondFactor: true } }
      expect(await ownAccount(at(), cookieOf(removed))).toMatchObject(left)
    })
  })

  describe('the change of a password', () => {
    it('costs no hash of the new one while the current one is missing or wrong', async () => {
      const { cookie } = await aPersonWithPassword(at())
      const hash = vi.spyOn(at().service.context.passwords, 'hash')
      for (const currentPassword of [undefined, 'not the password']) {
        const body = { password: NEW_PASSWORD, currentPassword }
        await expectProblem(await send(at(), 'PUT', paths.ownPassword(), { cookie, body }), 400, 'invalid-request')
      }
      expect(hash).not.toHaveBeenCalled()
      hash.mockRestore()
    })
  })
})

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS: '3' } })

  it('the limit of sign-ins also counts new passwords and accepted links', async () => {
    const { cookie } = await aPersonWithPassword(at())
    const accept = { secret: 'x'.repeat(43), name: 'Eve', password: NEW_PASSWORD }
    const set = { password: NEW_PASSWORD }
    const requests: [string, string, Parameters<typeof send>[3]][] = [
      ['PUT', paths.ownPassword(), { cookie, body: set }],
      ['POST', paths.linkAccept(), { body: accept }],
    ]
    const statuses = await statusesOf(at(), [...requests, ...requests, ...requests])
    expect(statuses.slice(0, 3)).not.toContain(429)
    expect(statuses.slice(3)).toEqual([429, 429, 429])
  })
})

async function statusesOf(
  at: ServiceUnderTest,
  requests: readonly [string, string, Parameters<typeof send>[3]][],
): Promise<number[]> {
  const statuses: number[] = []
  for (const [method, to, request] of requests) statuses.push((await send(at, method, to, request)).status)
  return statuses
}
