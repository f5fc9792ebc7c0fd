import { expect, test } from '../fixtures.ts'
import {
  type ApiSession,
  PASSWORD,
  type Person,
  addAuthenticator,
  codeOf,
  dialog,
  enter,
  forgetProofs,
  joinByLink,
  makeAdmin,
  originOf,
  signInByCookie,
} from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet.
test.use({
  webgl: false,
  settings: { KICKSTAND_SESSION_DAYS: '27' },
  baseURL: async ({ service }, use) => use(originOf(service)),
})

let admin: Person
let api: ApiSession
let organisationId: string

test.beforeAll(async ({ service }) => {
  const made = await makeAdmin(service)
  admin = made.person
  api = made.api
  organisationId = (await api.call<{ id: string }>('POST', '/v1/organisations', { name: 'City of Test' })).id
})

/** A member of the organisation with an authenticator app. */
async function addMember(service: Parameters<typeof joinByLink>[0], name: string, role: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.org`
  const route = `/v1/organisations/${organisationId}/invitations`
  const { link } = await api.call<{ link: string }>('POST', route, { email, role })
  return (await joinByLink(service, link, { name })).person
}

test('an admin creates an organisation and invites its owner, who joins and sees it', async ({
  page,
  context,
  browser,
  service,
}) => {
  await signInByCookie(context, service, admin)
  await page.goto('/console/organisations')
  await page.getByRole('button', { name: 'Create an organisation' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Name' }), 'Campus North')
  await dialog(page).getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Campus North' })).toBeVisible()
  await expect(page.getByText('Nobody belongs to it yet')).toBeVisible()

  await page.getByRole('link', { name: 'Invitations' }).click()
  await expect(page).toHaveURL(/tab=invitations/)
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'E-mail address' }), 'olga@example.org')
  await dialog(page).getByRole('radio', { name: 'Owner' }).check()
  await dialog(page).getByRole('button', { name: 'Create the invitation' }).click()
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toMatch(/\/console\/invitation#./)
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'olga@example.org' })).toContainText('Waiting')

  const guest = await browser.newContext()
  const guestPage = await guest.newPage()
  await guestPage.goto(link)
  await expect(guestPage.getByText('Campus North')).toBeVisible()
  await enter(guestPage.getByRole('textbox', { name: 'Name' }), 'Olga Owner')
  await guestPage.getByRole('radio', { name: 'Password' }).check()
  await enter(guestPage.getByRole('textbox', { name: 'New password' }), PASSWORD)
  await guestPage.getByRole('button', { name: 'Accept the invitation' }).click()
  // Every role needs a second factor; until then it does not count.
  await expect(guestPage.getByText('Your role needs a second factor')).toBeVisible()
  await expect(guestPage.getByRole('navigation').getByText('Needs a second factor').first()).toBeVisible()
  await guestPage.goto(link)
  await expect(guestPage.getByText('This link cannot be used')).toBeVisible()
  await guest.close()

  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'olga@example.org' })).toContainText('Accepted')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByText('organisations:create')).toBeVisible()
})

test('a person with an account accepts another invitation after the sign-in', async ({ page, service }) => {
  const vera = await addMember(service, 'Vera', 'viewer')
  const { id } = await api.call<{ id: string }>('POST', '/v1/organisations', { name: 'Garage West' })
  const { link } = await api.call<{ link: string }>('POST', `/v1/organisations/${id}/invitations`, {
    email: vera.email,
    role: 'attendant',
  })
  await page.goto(link)
  await expect(page.getByText('You have an account with this address.')).toBeVisible()
  await enter(page.getByRole('textbox', { name: 'E-mail address' }), vera.email)
  await enter(page.getByLabel('Password'), PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await enter(page.getByRole('textbox', { name: 'Recovery code' }), vera.recoveryCodes[1] ?? '')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('button', { name: 'Accept the invitation' }).click()
  await expect(page.getByRole('heading', { name: 'Hello, Vera' })).toBeVisible()
  const switcher = page.getByRole('combobox', { name: 'Organisation' })
  await switcher.selectOption('Garage West')
  await expect(page.getByRole('heading', { name: 'Garage West' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/console/organisations/${id}$`))
  // What the role does not allow is disabled, with the reason.
  await expect(page.getByText('Your role does not allow changes here.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Rename' })).toBeDisabled()
  await expect(page.getByRole('link', { name: 'Tokens' })).toBeHidden()
})

test('a token is shown once, replaced and revoked', async ({ page, context, service }) => {
  await signInByCookie(context, service, admin)
  await page.goto(`/console/organisations/${organisationId}?tab=tokens`)
  await page.getByRole('button', { name: 'Create a token' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Name' }), 'Gate 1')
  await dialog(page).getByRole('checkbox', { name: 'zones:write' }).check()
  await enter(dialog(page).getByRole('textbox', { name: 'Allowed networks' }), '203.0.113.0/24')
  await dialog(page).getByRole('button', { name: 'Create a token' }).click()
  const shown = dialog(page).getByRole('textbox', { name: 'Token' })
  const first = await shown.inputValue()
  expect(first).toMatch(/^ks_live_/)
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Gate 1' })
  await expect(row).toContainText('zones:write')
  await expect(row).toContainText('From 203.0.113.0/24')
  await expect(page.getByText(first)).toBeHidden()

  await page.getByRole('button', { name: 'Replace the token Gate 1' }).click()
  await dialog(page).getByRole('radio', { name: '24 hours' }).check()
  await dialog(page).getByRole('button', { name: 'Replace' }).click()
  expect(await shown.inputValue()).not.toBe(first)
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(row.filter({ hasText: 'Replaced' })).toBeVisible()

  await page.getByRole('button', { name: 'Revoke the token Gate 1' }).click()
  await dialog(page).getByRole('button', { name: 'Revoke' }).click()
  await expect(row.filter({ hasText: 'Revoked' })).toBeVisible()
})

test('an old proof of identity is asked for again before a dangerous change', async ({ page, context, service }) => {
  await signInByCookie(context, service, admin)
  await page.goto(`/console/organisations/${organisationId}?tab=tokens`)
  await expect(page.getByRole('button', { name: 'Create a token' })).toBeEnabled()
  forgetProofs(service)
  await page.getByRole('button', { name: 'Create a token' }).click()
  const form = page.getByRole('dialog', { name: 'Create a token' })
  await enter(form.getByRole('textbox', { name: 'Name' }), 'Gate 2')
  await form.getByRole('checkbox', { name: 'zones:write' }).check()
  await expect(async () => {
    await form.getByRole('button', { name: 'Create a token' }).click()
    await expect(page.getByRole('dialog', { name: 'Confirm that it is you' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  const stepUp = page.getByRole('dialog', { name: 'Confirm that it is you' })
  // Cancelled: nothing is changed.
  await page.keyboard.press('Escape')
  await expect(form.getByRole('alert')).toContainText('You did not confirm that it is you.')

  await form.getByRole('button', { name: 'Create a token' }).click()
  await expect(stepUp.getByLabel('Password')).toHaveAttribute('type', 'password')
  await enter(stepUp.getByLabel('Password'), PASSWORD)
  await enter(stepUp.getByRole('textbox', { name: 'Code of the authenticator app' }), codeOf(admin.secret, 1))
  await stepUp.getByRole('button', { name: 'Confirm with the password' }).click()
  await expect(page.getByRole('textbox', { name: 'Token' })).toHaveValue(/^ks_live_/)
})

test('a passkey proves the identity too', async ({ page, context, service, browserName }) => {
  test.skip(browserName !== 'chromium', 'only Chromium has virtual authenticators')
  await signInByCookie(context, service, admin)
  await addAuthenticator(page)
  await page.goto('/console/account')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Name of the passkey' }), 'Laptop')
  await dialog(page).getByRole('button', { name: 'Create the passkey' }).click()
  await expect(page.getByRole('button', { name: 'Remove the passkey Laptop' })).toBeVisible()
  forgetProofs(service)
  // Servers know the change within a second.
  await page.waitForTimeout(1_000)
  await page.getByRole('button', { name: 'Remove the passkey Laptop' }).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
  await expect(page.getByText('You have no passkey yet.')).toBeVisible()
})

test('a person sees their sessions and ends them', async ({ page, context, browser, service }) => {
  const member = await addMember(service, 'Sam', 'attendant')
  await signInByCookie(context, service, member)
  const other = await browser.newContext()
  await signInByCookie(other, service, member)
  const otherPage = await other.newPage()
  await otherPage.goto(`${originOf(service)}/console/account`)
  await expect(otherPage.getByRole('heading', { name: 'Sessions' })).toBeVisible()

  await page.goto('/console/account')
  const sessions = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'Sessions' })
  await expect(sessions.getByText('This session')).toHaveCount(1)
  // A session that somebody else uses must not be enough to end those of the person.
  forgetProofs(service)
  // Servers know the change within a second.
  await page.waitForTimeout(1_000)
  await page.getByRole('button', { name: 'End all others' }).click()
  const stepUp = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await enter(stepUp.getByLabel('Password'), PASSWORD)
  await enter(stepUp.getByRole('textbox', { name: 'Code of the authenticator app' }), codeOf(member.secret, 1))
  await stepUp.getByRole('button', { name: 'Confirm with the password' }).click()
  await expect(page.getByRole('status').getByText('All other sessions have ended.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^End the session on/ })).toHaveCount(0)
  await expect(async () => {
    await otherPage.reload()
    await expect(otherPage.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await other.close()
})

test('a person changes their password with the current one', async ({ page, context, service }) => {
  const member = await addMember(service, 'Paula', 'viewer')
  await signInByCookie(context, service, member)
  await page.goto('/console/account')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'New password' }), 'another long pass phrase')
  await enter(dialog(page).getByLabel('Current password'), 'not the password')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByText('This is not your current password.')).toBeVisible()
  await enter(dialog(page).getByLabel('Current password'), PASSWORD)
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').getByText('The password is saved.')).toBeVisible()
  await expect(dialog(page)).toBeHidden()
})

test('who has lost the second factor gets back in by a link of an admin', async ({
  page,
  context,
  browser,
  service,
}) => {
  await addMember(service, 'Lost', 'manager')
  await signInByCookie(context, service, admin)
  await page.goto('/console/accounts?q=lost%40')
  await page.getByRole('link', { name: /Lost/ }).click()
  await page.getByRole('button', { name: 'Recovery link' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Reason' }), 'lost the phone, called back')
  await dialog(page).getByRole('button', { name: 'Create the link' }).click()
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue()

  const lost = await browser.newContext()
  const lostPage = await lost.newPage()
  await lostPage.goto(link)
  await expect(lostPage.getByText('lost@example.org')).toBeVisible()
  await lostPage.getByRole('radio', { name: 'Password' }).check()
  await enter(lostPage.getByRole('textbox', { name: 'New password' }), 'another long pass phrase')
  await lostPage.getByRole('button', { name: 'Set and sign in' }).click()
  await expect(lostPage.getByRole('heading', { name: 'Hello, Lost' })).toBeVisible()

  // The role of a manager counts only once there is a second factor again; the first page leads there.
  await expect(lostPage.getByText('Your role needs a second factor')).toBeVisible()
  await lostPage.getByRole('link', { name: 'Go to my account' }).click()
  await expect(lostPage.getByText('Not set up. Anybody who knows your password can sign in.')).toBeVisible()
  await lostPage.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const setup = dialog(lostPage)
  await setup.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const secret = await setup.getByRole('textbox', { name: 'Key for the app' }).inputValue()
  const [code = ''] = await setup.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
  await enter(setup.getByRole('textbox', { name: 'Code of the authenticator app' }), codeOf(secret))
  await enter(setup.getByRole('textbox', { name: 'One of the recovery codes' }), code)
  await setup.getByRole('button', { name: 'Turn on the second factor' }).click()
  await lostPage.goto(`${originOf(service)}/console`)
  await expect(lostPage.getByText('Nothing needs you')).toBeVisible()
  await lost.close()
})

test('an admin suspends an account, and the person is signed out', async ({ page, context, browser, service }) => {
  const member = await addMember(service, 'Susi', 'attendant')
  const theirs = await browser.newContext()
  await signInByCookie(theirs, service, member)
  const theirPage = await theirs.newPage()
  await theirPage.goto(`${originOf(service)}/console/account`)
  await expect(theirPage.getByRole('heading', { name: 'My account' })).toBeVisible()

  await signInByCookie(context, service, admin)
  await page.goto('/console/accounts')
  await enter(page.getByRole('searchbox', { name: 'Name or e-mail address' }), 'susi')
  await expect(page).toHaveURL(/q=susi/)
  await page.getByRole('link', { name: /Susi/ }).click()
  await page.getByRole('button', { name: 'Suspend' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Reason' }), 'left the city')
  await dialog(page).getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('This account is suspended')).toBeVisible()
  await expect(async () => {
    await theirPage.reload()
    await expect(theirPage.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await theirs.close()
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByText('accounts:suspend')).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'End the suspension' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Reason' }), 'came back')
  await dialog(page).getByRole('button', { name: 'End the suspension' }).click()
  await expect(page.getByText('This account is suspended')).toBeHidden()
})

test('two admins who change the same name see both versions', async ({ page, context, service }) => {
  const { id } = await api.call<{ id: string }>('POST', '/v1/organisations', { name: 'Old name' })
  await signInByCookie(context, service, admin)
  await page.goto(`/console/organisations/${id}`)
  await page.getByRole('button', { name: 'Rename' }).click()
  const answer = await fetch(`${service.url}/v1/organisations/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': '"1"', cookie: api.cookie() },
    body: JSON.stringify({ name: 'Their name' }),
  })
  expect(answer.status).toBe(200)
  await enter(dialog(page).getByRole('textbox', { name: 'Name' }), 'My name')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toContainText('Somebody else has changed this')
  await expect(dialog(page)).toContainText('My name')
  await expect(dialog(page)).toContainText('Their name')
  await dialog(page).getByRole('button', { name: 'Save your version' }).click()
  await expect(page.getByRole('heading', { name: 'My name' })).toBeVisible()
})
