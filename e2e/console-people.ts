import { DatabaseSync } from 'node:sqlite'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { expect, type Service } from './fixtures.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const STEP_MS = 30_000
export const PASSWORD = 'three lanes of quiet asphalt'

/** The origin of links and passkeys. */
export function originOf(service: Service): string {
  return service.url.replace('127.0.0.1', 'localhost')
}

/** The link for the first admin, which the server prints at its start. */
export function setupLink(service: Service): string {
  const link = /http:\/\/localhost:\d+\/console\/setup#\S+/.exec(service.log())?.[0]
  if (link === undefined) throw new Error(`The server printed no link for the setup:\n${service.log()}`)
  return link
}

/**
 * Types a text into a field, in place of what is there. With keys: the events of Playwright's `fill` do not reach React's
 * forms in an unpatched Firefox.
 */
export async function enter(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+A')
  await field.pressSequentially(text)
}

/** The code of an authenticator app. Each works once: `stepsAhead` gives the one of a later step. */
export function codeOf(secret: string, stepsAhead = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + stepsAhead * STEP_MS })
}

/** Someone with an account. Each recovery code signs in once. */
export type Person = {
  readonly name: string
  readonly email: string
  readonly recoveryCodes: string[]
  readonly secret: string
}

/** Requests to the API with the cookie of one session. */
export type ApiSession = {
  readonly call: <T>(method: string, path: string, body?: unknown) => Promise<T>
  readonly cookie: () => string
}

export function openApi(service: Service): ApiSession {
  let cookie = ''
  return {
    cookie: () => cookie,
    async call<T>(method: string, route: string, body?: unknown): Promise<T> {
      const answer = await fetch(service.url + route, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(cookie === '' ? {} : { cookie }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0] ?? ''
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${route} answered ${answer.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}

type Setup = { readonly secret: string; readonly recoveryCodes: string[] }

/** Accepts a link with a password, and sets up an authenticator app. */
export async function joinByLink(
  service: Service,
  link: string,
  person: { readonly name: string; readonly email?: string },
): Promise<{ readonly person: Person; readonly api: ApiSession }> {
  const api = openApi(service)
  const { account } = await api.call<{ account: { email: string } }>('POST', '/v1/links/accept', {
    secret: link.split('#')[1],
    ...person,
    password: PASSWORD,
  })
  const setup = await api.call<Setup>('POST', '/v1/account/authenticator')
  await api.call('POST', '/v1/account/authenticator/confirmation', {
    code: codeOf(setup.secret),
    recoveryCode: setup.recoveryCodes[0],
  })
  return { person: { name: person.name, email: account.email, ...setup }, api }
}

/** Makes a member of an organisation, with an authenticator app. */
export async function joinOrganisation(
  service: Service,
  { api, organisationId }: { readonly api: ApiSession; readonly organisationId: string },
  name: string,
  role: string,
): Promise<Person> {
  const email = `${name.toLowerCase()}@example.org`
  const { link } = await api.call<{ link: string }>('POST', `/v1/organisations/${organisationId}/invitations`, {
    email,
    role,
  })
  return (await joinByLink(service, link, { name })).person
}

/** The first admin of a server, made through the API. */
export function makeAdmin(service: Service): ReturnType<typeof joinByLink> {
  return joinByLink(service, setupLink(service), { name: 'Ada Admin', email: 'ada@example.org' })
}

/** Opens a session of a person in the browser, with one of their recovery codes. */
export async function signInByCookie(context: BrowserContext, service: Service, person: Person): Promise<void> {
  const api = openApi(service)
  const recoveryCode = person.recoveryCodes.shift()
  await api.call('POST', '/v1/sign-in/password', { email: person.email, password: PASSWORD, recoveryCode })
  const [name = '', value = ''] = api.cookie().split('=')
  await context.addCookies([{ name, value, url: originOf(service), httpOnly: true, sameSite: 'Strict' }])
}

/**
 * Makes the proofs of identity of all sessions old, as if ten minutes had passed, except for the first session: with that one
 * the first admin prepares the stories.
 */
export function forgetProofs(service: Service): void {
  const database = new DatabaseSync(path.join(service.folder, 'kickstand.db'))
  database.exec(
    'PRAGMA busy_timeout = 5000; UPDATE sessions SET verified_at = 0 WHERE id <> (SELECT id FROM sessions ORDER BY created_at, id LIMIT 1)',
  )
  database.close()
}

/**
 * A device with passkeys that confirms each request by itself. Chromium only. `autofill`: whether the browser offers
 * passkeys in forms, which such a device confirms at once.
 */
export async function addAuthenticator(page: Page, { autofill = false } = {}): Promise<void> {
  if (!autofill) {
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
    })
  }
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog')
}

/** Fails on violations of axe and on a page that scrolls sideways. The page must bypass its policy. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`)).toEqual([])
  const over = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  expect(over).toBe(0)
}

/** Texts that are cut off. */
export async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, p, h1, h2, h3, dd, dt, summary, li')]
      .filter(
        (box) =>
          box.checkVisibility() && !box.closest('.sr-only, .truncate') && !box.querySelector('.sr-only, .truncate'),
      )
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline')
      .map((box) => box.innerText),
  )
}
