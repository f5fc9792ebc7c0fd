import type { Page } from '@playwright/test'
import { expect, test, type Service } from '../fixtures.ts'
import {
  cutTexts,
  dialog,
  expectAccessible,
  makeAdmin,
  originOf,
  signInByCookie,
  type ApiSession,
  type Person,
} from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet. The policy would block the script of axe.
test.use({
  webgl: false,
  bypassCSP: true,
  settings: { KICKSTAND_SESSION_DAYS: '26' },
  baseURL: async ({ service }, use) => use(originOf(service)),
})

const LONG_NAME = 'Amt für Straßenverkehrsangelegenheiten und Parkraumbewirtschaftung'

let admin: Person
let api: ApiSession
let organisationId: string

async function prepare(service: Service): Promise<void> {
  const made = await makeAdmin(service)
  admin = made.person
  api = made.api
  organisationId = (await api.call<{ id: string }>('POST', '/v1/organisations', { name: LONG_NAME })).id
  const route = `/v1/organisations/${organisationId}`
  await api.call('POST', `${route}/invitations`, { email: 'vorzimmer@strassenverkehrsamt.example.org', role: 'viewer' })
  await api.call('POST', `${route}/tokens`, { name: 'Schranke Nord', scopes: ['zones:write'] })
}

test.beforeAll(({ service }) => prepare(service))

type Screen = { readonly address: string; readonly shows: RegExp; readonly open?: (page: Page) => Promise<void> }

/** Each screen with a text that shows that it is complete, in English or German. */
function screens(): readonly Screen[] {
  const organisation = `/console/organisations/${organisationId}`
  return [
    { address: '/console', shows: /^(Hello|Hallo), Ada/ },
    { address: '/console/account', shows: /^(This session|Diese Sitzung)$/ },
    {
      address: '/console/account',
      shows: /^(8 to 256|8 bis 256)/,
      open: (page) => page.getByRole('button', { name: /^(Change the password|Passwort ändern)$/ }).click(),
    },
    { address: '/console/organisations', shows: new RegExp(LONG_NAME) },
    { address: organisation, shows: /^(Nobody belongs|Noch gehört)/ },
    { address: `${organisation}?tab=invitations`, shows: /^vorzimmer@/ },
    {
      address: `${organisation}?tab=invitations`,
      shows: /^(Only|Nur) .*(this address|dieser Adresse)/,
      open: (page) => page.getByRole('button', { name: /^(Invite a person|Person einladen)$/ }).click(),
    },
    { address: `${organisation}?tab=tokens`, shows: /^Schranke Nord$/ },
    {
      address: `${organisation}?tab=tokens`,
      shows: /^(Allowed networks|Erlaubte Netze)$/,
      open: (page) => page.getByRole('button', { name: /^(Create a token|Token erstellen)$/ }).click(),
    },
    {
      address: `${organisation}?tab=history`,
      shows: /^(After|Nachher)$/,
      open: (page) => page.locator('summary').first().click(),
    },
    { address: '/console/accounts', shows: /^ada@example.org$/ },
    { address: '/console/audit', shows: /^organisations:create$/ },
    { address: '/console/setup', shows: /^(Self-check|Selbsttest)$/ },
    {
      address: '/console',
      shows: /^(Next row|Nächste Zeile)$/,
      open: (page) => page.keyboard.press('?'),
    },
    {
      address: '/console',
      shows: /^(Page or action|Seite oder Aktion)|^(Sign out|Abmelden)$/,
      open: (page) => page.keyboard.press('Control+k'),
    },
  ]
}

for (const [colorScheme, width, locale] of [
  ['light', 1360, 'en-GB'],
  ['dark', 390, 'en-GB'],
  ['light', 320, 'de-DE'],
] as const) {
  test.describe(`${colorScheme}, ${width} px, ${locale}`, () => {
    test.use({ locale, viewport: { width, height: 850 } })

    test('axe finds nothing, nothing is cut off, and no page scrolls sideways', async ({
      page,
      context,
      service,
      browserName,
    }) => {
      test.skip(
        colorScheme === 'dark' && browserName === 'firefox',
        'Firefox under WebDriver BiDi ignores the emulated colour scheme',
      )
      test.slow()
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto('/console')
      await expect(page.getByRole('heading', { name: /^(Sign in|Anmelden)$/ })).toBeVisible()
      await expectAccessible(page)
      expect(await cutTexts(page)).toEqual([])
      await signInByCookie(context, service, admin)
      const language = locale.slice(0, 2)
      for (const { address, shows, open } of screens()) {
        await page.goto(address)
        await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
        await open?.(page)
        await expect(page.getByText(shows).first()).toBeVisible()
        await expectAccessible(page)
        expect(await cutTexts(page), `${address} in ${language}`).toEqual([])
      }
    })
  })
}

test('every page that needs a sign-in offers to sign out', async ({ page, context, service }) => {
  await signInByCookie(context, service, admin)
  const addresses = new Set(screens().map(({ address }) => address))
  addresses.delete('/console/setup')
  for (const address of addresses) {
    await page.goto(address)
    await page.getByRole('button', { name: 'Account of Ada Admin' }).click()
    await expect(page.getByRole('button', { name: 'Sign out' }), address).toBeInViewport()
  }
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('the keyboard alone finds an account, opens it and goes back', async ({ page, context, service }) => {
  await signInByCookie(context, service, admin)
  await page.goto('/console')
  await expect(page.getByRole('heading', { name: 'Hello, Ada Admin' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(dialog(page)).toContainText('Next row')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('acc')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/accounts$/)
  await expect(page.getByRole('link', { name: /Ada Admin/ })).toBeVisible()

  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('ada')
  await expect(page).toHaveURL(/q=ada/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('searchbox')).not.toBeFocused()
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: /Ada Admin/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('This is your own account.')).toBeVisible()
  // The list keeps its filter.
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/console\/accounts\?q=ada$/)
})

test('a list is saved as CSV with all of its rows, and formulas are disarmed', async ({
  browserName,
  page,
  context,
  service,
}) => {
  test.skip(browserName === 'firefox', 'Firefox under WebDriver BiDi announces no downloads')
  await api.call('POST', '/v1/organisations', { name: '=HYPERLINK("https://elsewhere.invalid")' })
  for (let i = 0; i < 55; i += 1) await api.call('POST', '/v1/organisations', { name: `Garage ${i}` })
  await signInByCookie(context, service, admin)
  await page.goto('/console/organisations')
  await expect(page.getByRole('button', { name: 'Load more' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const stream = await (await saved).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n')
  expect(lines.length).toBeGreaterThanOrEqual(58)
  expect(lines.join('\n')).toContain(`"'=HYPERLINK(""https://elsewhere.invalid"")"`)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})
