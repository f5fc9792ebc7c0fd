import type { IdentityProvider } from '@kickstand/testkit/identity-provider'
import type { Page } from '@playwright/test'
import { expect, test, type Service } from '../fixtures.ts'
import {
  PASSWORD,
  cutTexts,
  enter,
  expectAccessible,
  joinByLink,
  makeAdmin,
  originOf,
  signInByCookie,
  type ApiSession,
  type Person,
} from '../console-people.ts'
import { fillInAtProvider, provideSignOn } from './identity-provider.ts'

// The settings give this file a server of its own, which has no admin yet. The policy would block the script of axe.
test.use({
  webgl: false,
  bypassCSP: true,
  settings: { KICKSTAND_SESSION_DAYS: '25' },
  baseURL: async ({ service }, use) => use(originOf(service)),
})
test.skip(({ browserName }) => browserName !== 'chromium', 'links, redirects and cookies: one browser is enough')

let api: ApiSession
let organisationId: string
let provider: IdentityProvider | undefined

test.beforeAll(async ({ service }) => {
  api = (await makeAdmin(service)).api
  organisationId = (await api.call<{ id: string }>('POST', '/v1/organisations', { name: 'City of Test' })).id
  provider = await provideSignOn(service, organisationId)
})
// In another browser the hook before is skipped, and there is nothing to stop.
test.afterAll(() => provider?.stop())

test.beforeEach(async ({ context }) => {
  // The forms of the provider want a font of another server.
  await context.route('https://fonts.googleapis.com/**', (route) => route.abort())
})

async function addMember(service: Service, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.org`
  const route = `/v1/organisations/${organisationId}/invitations`
  const { link } = await api.call<{ link: string }>('POST', route, { email, role: 'viewer' })
  return (await joinByLink(service, link, { name })).person
}

async function connect(page: Page, login: string): Promise<void> {
  await page.goto('/console/account')
  await page.getByRole('button', { name: 'Connect with City of Test' }).click()
  await fillInAtProvider(page, login)
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

const offer = (page: Page) => page.getByRole('link', { name: 'Sign in with your organisation' })

async function expectGoodLook(page: Page): Promise<void> {
  await expectAccessible(page)
  expect(await cutTexts(page)).toEqual([])
}

for (const [name, width] of [
  ['Paula', 390],
  ['Dora', 1360],
] as const) {
  test(`a member connects the account, and then signs in with the organisation, at ${width} px`, async ({
    page,
    context,
    browser,
    service,
  }) => {
    await page.setViewportSize({ width, height: 850 })
    await signInByCookie(context, service, await addMember(service, name))
    await connect(page, name)
    const shown = page.getByRole('textbox', { name: 'Address at which people of City of Test sign in' })
    await expect(page).toHaveURL(/\/console\/account$/)
    const address = await shown.inputValue()
    expect(address).toBe(`${originOf(service)}/console/?organisation=${organisationId}`)
    await expectGoodLook(page)
    await signOut(page)
    await expect(offer(page)).toBeHidden()

    await page.goto(address)
    await expect(offer(page)).toBeVisible()
    await expectGoodLook(page)
    // The provider still knows the person, as it does at work.
    await offer(page).click()
    await expect(page.getByRole('heading', { name: `Hello, ${name}` })).toBeVisible()
    await expect(page.getByText('Nothing needs you')).toBeVisible()
    await signOut(page)

    // From now on the browser offers it without the address; another browser does not.
    await page.goto('/console')
    await expect(offer(page)).toBeVisible()
    const other = await browser.newContext()
    const otherPage = await other.newPage()
    await otherPage.goto(`${originOf(service)}/console`)
    await expect(otherPage.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expect(offer(otherPage)).toBeHidden()
    await other.close()
  })
}

test('who has not connected the account is told so, and signs in in another way', async ({ page, service }) => {
  const member = await addMember(service, 'Nora')
  await page.goto(`/console/?organisation=${organisationId}`)
  await offer(page).click()
  await fillInAtProvider(page, 'Nora')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The sign-in with your organisation failed')
  await expect(alert).toContainText('If you have not connected your account yet, sign in here first')
  await expect(offer(page), 'to try again').toBeVisible()
  await expectGoodLook(page)

  await enter(page.getByRole('textbox', { name: 'E-mail address' }), member.email)
  await enter(page.getByLabel('Password'), PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await enter(page.getByRole('textbox', { name: 'Recovery code' }), member.recoveryCodes[1] ?? '')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('heading', { name: 'Hello, Nora' })).toBeVisible()
  await signOut(page)
  await expect(alert).toBeHidden()
  await page.reload()
  // It did not work, so the browser does not remember it.
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(offer(page)).toBeHidden()
})

test('a sign-in that another account is connected with is not connected twice', async ({ page, context, service }) => {
  await signInByCookie(context, service, await addMember(service, 'Rita'))
  await connect(page, 'Shared')
  await expect(page.getByRole('button', { name: 'Disconnect from City of Test' })).toBeVisible()
  await context.clearCookies()
  await signInByCookie(context, service, await addMember(service, 'Tom'))
  await connect(page, 'Shared')
  await expect(page.getByRole('heading', { name: 'Hello, Tom' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('is connected with another account here')
  await expectGoodLook(page)
})

test('an address with another organisation says that it has no sign-in of its own', async ({ page }) => {
  await page.goto('/console/?organisation=0000000000000000a')
  await offer(page).click()
  await expect(page.getByRole('alert')).toContainText('This organisation has no sign-in of its own.')
})
