import { expect, test, type Service } from '../fixtures.ts'
import {
  type ApiSession,
  PASSWORD,
  type Person,
  dialog,
  enter,
  joinOrganisation,
  makeAdmin,
  originOf,
  signInByCookie,
} from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet.
test.use({
  webgl: false,
  settings: { KICKSTAND_SESSION_DAYS: '23' },
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

test('an admin creates an organisation and invites its owner, who joins and sees it', async ({
  page,
  context,
  browser,
  service,
}) => {
  await signInByCookie(context, service, admin)
  await page.goto('/console/organisations')
  await page.getByRole('button', { name: 'Create an organisation' }).click()
  const name = dialog(page).getByRole('textbox', { name: 'Name' })
  await enter(name, ' ')
  await dialog(page).getByRole('button', { name: 'Create' }).click()
  await expect(dialog(page).getByText('Enter a name with at least one visible character')).toBeVisible()
  await expect(name).toBeFocused()
  await enter(name, 'Campus North')
  await dialog(page).getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Campus North' })).toBeVisible()
  await expect(page.getByText('Nobody belongs to it yet')).toBeVisible()
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await expect(dialog(page).getByRole('radio', { name: 'Owner' })).toBeChecked()
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Invitations' }).click()
  await expect(page).toHaveURL(/tab=invitations/)
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'E-mail address' }), 'olga@example.org')
  await dialog(page).getByRole('radio', { name: 'Owner' }).check()
  await dialog(page).getByRole('button', { name: 'Create the invitation' }).click()
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toMatch(/\/console\/invitation#./)
  await dialog(page).getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'olga@example.org' })).toContainText('Waiting')

  const guest = await browser.newContext()
  const guestPage = await guest.newPage()
  await guestPage.goto(link)
  await expect(guestPage).toHaveURL(/invitation$/)
  await guestPage.reload()
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
  await expect(guestPage.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await guest.close()

  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'olga@example.org' })).toContainText('Accepted')
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await enter(dialog(page).getByRole('textbox', { name: 'E-mail address' }), 'olga@example.org')
  await dialog(page).getByRole('button', { name: 'Create the invitation' }).click()
  await expect(dialog(page).getByRole('alert')).toHaveText(/^This person is already a member/)
  await expect(dialog(page).getByText('Enter an e-mail address')).toHaveCount(0)
  await page.keyboard.press('Escape')
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
  await expect(page.getByRole('combobox', { name: /^Role of/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Rename' })).toBeDisabled()
  await expect(page.getByRole('link', { name: 'Tokens' })).toBeHidden()
  await page.goto(`/console/organisations/${id}?tab=tokens`)
  await expect(page.getByText('Your role does not show you this page')).toBeVisible()
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
  // It is shown only once, so one key does not close it.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(shown).toBeVisible()
  expect(first).toMatch(/^ks_live_/)
  await dialog(page).getByRole('button', { name: 'I have stored it' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Gate 1' })
  await expect(row).toContainText('zones:write')
  await expect(row).toContainText('From 203.0.113.0/24')
  await expect(page.getByText(first)).toBeHidden()

  await page.getByRole('button', { name: 'Replace the token Gate 1' }).click()
  await dialog(page).getByRole('radio', { name: '24 hours' }).check()
  await dialog(page).getByRole('button', { name: 'Replace' }).click()
  expect(await shown.inputValue()).not.toBe(first)
  await dialog(page).getByRole('button', { name: 'I have stored it' }).click()
  await expect(row.filter({ hasText: 'Replaced' })).toContainText('Still works until')
  // A row without a page takes the focus, so the Enter key presses no button.
  await page.keyboard.press('j')
  await expect(row.first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)

  await page.getByRole('button', { name: 'Revoke the replaced token Gate 1' }).click()
  await dialog(page).getByRole('button', { name: 'Revoke' }).click()
  await expect(row.filter({ hasText: 'Replaced' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Revoke the token Gate 1' }).click()
  await dialog(page).getByRole('button', { name: 'Revoke' }).click()
  await expect(row.filter({ hasText: 'Revoked' })).toHaveCount(2)
  // The button of the row is gone. The focus stays in the row, so the next Tab continues there.
  await expect(page.locator('li:focus')).toContainText('Revoked')
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
