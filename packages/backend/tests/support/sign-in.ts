import { paths, SignedInSchema, type OwnAccountBody, type PasskeyOptionsBody } from '@kickstand/contract'
import { softwareAuthenticator, type SoftwareAuthenticator } from '@kickstand/testkit'
import { TOTP, Secret } from 'otpauth'
import { expect } from 'vitest'
import { allEntries } from '#audit/list-entries.ts'
import { updateAccount } from '#features/accounts/people/account-store.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { expectShape } from './expect-shape.ts'
import { aSignedInAccount } from './people.ts'
import type { ServiceUnderTest } from './use-service.ts'

export const PASSWORD = 'three lanes of white paint'

type Request = {
  readonly cookie?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export async function send(
  { url }: ServiceUnderTest,
  method: string,
  path: string,
  { cookie, body, headers = {} }: Request = {},
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** Name and value of the session cookie that a response sets, as a browser sends it. */
export function cookieOf(answer: Response): string {
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  return cookie
}

type Person = Awaited<ReturnType<typeof aSignedInAccount>>

/** An account with a password and a session. */
export async function aPersonWithPassword(
  at: ServiceUnderTest,
  rights: Parameters<typeof aSignedInAccount>[1] = {},
): Promise<Person> {
  const person = await aSignedInAccount(at, rights)
  const { db, passwords } = at.service.context
  const hash = await passwords.hash(PASSWORD)
  await db.transaction().execute((tx) => updateAccount(tx, person.accountId, { password_hash: hash }))
  return person
}

export async function signIn(
  at: ServiceUnderTest,
  body: Record<string, unknown>,
  headers?: Readonly<Record<string, string>>,
): Promise<Response> {
  return send(at, 'POST', paths.signInPassword(), { body, ...(headers === undefined ? {} : { headers }) })
}

/** Signs in and returns the account with the cookie of the new session. */
export async function expectSignedIn(answer: Response): Promise<OwnAccountBody & { readonly cookie: string }> {
  expect(answer.status, await answer.clone().text()).toBe(200)
  const { account } = expectShape(SignedInSchema, await answer.json())
  return { ...account, cookie: cookieOf(answer) }
}

/** The account that a cookie belongs to; its status where it belongs to none. */
export async function ownAccount(at: ServiceUnderTest, cookie: string): Promise<OwnAccountBody | number> {
  const answer = await send(at, 'GET', paths.ownAccount(), { cookie })
  return answer.status === 200 ? ((await answer.json()) as OwnAccountBody) : answer.status
}

export async function optionsFrom(at: ServiceUnderTest, path: string, cookie?: string): Promise<PasskeyOptionsBody> {
  const answer = await send(at, 'POST', path, cookie === undefined ? {} : { cookie })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as PasskeyOptionsBody
}

export function originOf(at: ServiceUnderTest): string {
  return ownOrigin(at.service.context.config)
}

/** Adds a passkey to an account. The session has a new cookie afterwards. */
export async function addPasskey(
  at: ServiceUnderTest,
  cookie: string,
  authenticator: SoftwareAuthenticator = softwareAuthenticator(originOf(at)),
): Promise<{ readonly authenticator: SoftwareAuthenticator; readonly cookie: string; readonly id: string }> {
  const { challengeId, options } = await optionsFrom(at, paths.ownPasskeyOptions(), cookie)
  const body = { challengeId, response: authenticator.create(options), name: 'key of the test' }
  const answer = await send(at, 'POST', paths.ownPasskeys(), { cookie, body })
  expect(answer.status, await answer.clone().text()).toBe(201)
  const { id } = (await answer.json()) as { id: string }
  return { authenticator, cookie: cookieOf(answer), id }
}

/** The code that an authenticator app with this secret shows at a time. */
export function codeAt(secret: string, time: number): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: time })
}

/** Sets an authenticator app up. The session has a new cookie afterwards. */
export async function setUpAuthenticator(
  at: ServiceUnderTest,
  cookie: string,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[]; readonly cookie: string }> {
  const started = await send(at, 'POST', paths.ownAuthenticator(), { cookie })
  expect(started.status, await started.clone().text()).toBe(201)
  const { secret, recoveryCodes } = (await started.json()) as { secret: string; recoveryCodes: string[] }
  const body = { code: codeAt(secret, at.service.context.clock()), recoveryCode: recoveryCodes[9] }
  const confirmed = await send(at, 'POST', paths.ownAuthenticatorConfirmation(), { cookie: cookieOf(started), body })
  expect(confirmed.status, await confirmed.clone().text()).toBe(204)
  return { secret, recoveryCodes, cookie: cookieOf(confirmed) }
}

/** The actions of the audit entries of an account, in their order. */
export async function actionsOf(at: ServiceUnderTest, accountId: string): Promise<string[]> {
  const actions: string[] = []
  for await (const { object, action } of allEntries(at.service.context.db))
    if (object.id === accountId) actions.unshift(action)
  return actions
}
