import { expect, test, type Service } from '../fixtures.ts'
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
  joinOrganisation,
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

const addMember = (service: Service, name: string, role: string): Promise<Person> =>
  joinOrganisation(service, { api, organisationId }, name, role)

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

test('an invited viewer with a password alone is led to a second factor, and confirms with it', async ({
  page,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'only Chromium has virtual authenticators')
  await addAuthenticator(page)
  const invitation = { email: 'vera@example.org', role: 'viewer' }
  const route = `/v1/organisations/${organisationId}/invitations`
  const { link } = await api.call<{ link: string }>('POST', route, invitation)
  await page.goto(link)
  await enter(page.getByRole('textbox', { name: 'Name' }), 'Vera')
  await page.getByRole('radio', { name: 'Password' }).check()
  await enter(page.getByRole('textbox', { name: 'New password' }), PASSWORD)
  await page.getByRole('button', { name: 'Accept the invitation' }).click()
  const needsFactor = page.getByText('Your role needs a second factor')
  await expect(needsFactor).toBeVisible()
  await page.getByRole('link', { name: 'Go to my account' }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'Name of the passkey' }), 'Laptop')
  await dialog(page).getByRole('button', { name: 'Create the passkey' }).click()
  await expect(page.getByRole('button', { name: 'Remove the passkey Laptop' })).toBeVisible()
  await page.goto('/console')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Organisations' })).toBeVisible()
  await expect(needsFactor).toBeHidden()

  // A sign-in with the password alone: the role counts once the person has confirmed with the passkey.
  await page.getByRole('button', { name: 'Account of Vera' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await enter(page.getByRole('textbox', { name: 'E-mail address' }), 'vera@example.org')
  await enter(page.getByLabel('Password'), PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await expect(needsFactor).toBeVisible()
  await page.getByRole('button', { name: 'Confirm that it is you' }).click()
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
  await expect(needsFactor).toBeHidden()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Organisations' })).toBeVisible()
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
    // The page reads the account again at once when the network is back.
    await otherPage.evaluate(() => ['offline', 'online'].map((name) => dispatchEvent(new Event(name))))
    await expect(otherPage.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(otherPage.getByRole('alert')).toContainText('You are signed out')
  await other.close()
})

test('a person changes their password with the current one', async ({ page, context, service }) => {
  const member = await addMember(service, 'Paula', 'viewer')
  await signInByCookie(context, service, member)
  await page.goto('/console/account')
  // The role needs the second factor, so the last one cannot be removed.
  await expect(page.getByRole('button', { name: 'Remove the app' })).toBeDisabled()
  await expect(page.getByText('This is your last second factor')).toBeVisible()
  await page.getByRole('button', { name: 'Change the password' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'New password' }), 'another long pass phrase')
  await enter(dialog(page).getByLabel('Current password'), 'not the password')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByText('This is not your current password.')).toBeVisible()
  await expect(dialog(page).getByLabel('Current password')).toBeFocused()
  await enter(dialog(page).getByLabel('Current password'), PASSWORD)
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').getByText('The password is saved.')).toBeVisible()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Change the password' })).toBeFocused()
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
  await page.getByRole('button', { name: 'Suspend' }).waitFor()
  await page.keyboard.press('Escape')
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

test('an admin invites a colleague and changes their roles, and the audit log has both', async ({
  page,
  context,
  service,
}) => {
  await signInByCookie(context, service, admin)
  await page.goto('/console/accounts?tab=invitations')
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'E-mail address' }), 'mona@example.org')
  await dialog(page).getByRole('radio', { name: 'Support' }).check()
  await dialog(page).getByRole('button', { name: 'Create the invitation' }).click()
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue()
  await dialog(page).getByRole('button', { name: 'I have stored it' }).click()
  await joinByLink(service, link, { name: 'Mona Mail' })

  await page.goto('/console/accounts/nope')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await expect(page).toHaveURL(/console\/accounts$/)

  await page.goto('/console/accounts?q=mona')
  await page.getByRole('link', { name: /Mona Mail/ }).click()
  await page.getByRole('button', { name: 'Change roles' }).click()
  await dialog(page).getByRole('checkbox', { name: 'Support' }).uncheck()
  await dialog(page).getByRole('checkbox', { name: 'Auditor' }).check()
  await enter(dialog(page).getByRole('textbox', { name: 'Reason' }), 'moved to the audit office')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('Auditor', { exact: true })).toBeVisible()
  await expect(page.getByText('Support', { exact: true })).toBeHidden()

  await page.goto('/console/audit')
  const entries = page.getByRole('listitem')
  await expect(entries.filter({ hasText: 'accounts:create' }).first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Action' }).selectOption('The platform roles of an account were changed')
  await expect(page).toHaveURL(/action=accounts/)
  const change = entries.filter({ hasText: 'moved to the audit office' })
  await change.getByText('The platform roles of an account were changed').click()
  await expect(change.getByRole('row', { name: 'Roles support auditor' })).toBeVisible()
  await expect(entries.filter({ hasText: 'accounts:create' })).toHaveCount(0)
  const object = page.getByRole('searchbox', { name: 'Object' })
  await enter(object, 'mona')
  await expect(page.getByText('Enter a kind and an id with a colon between them')).toBeVisible()
  await expect(object).toHaveAttribute('aria-invalid', 'true')
  await object.clear()
  await change.getByText('The platform roles of an account were changed').click()
  await change.getByRole('link', { name: /^account:/ }).click()
  await expect(page.getByRole('heading', { name: 'Mona Mail' })).toBeVisible()
})
