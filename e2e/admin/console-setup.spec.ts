import { expect, test } from '../fixtures.ts'
import { addAuthenticator, enter, originOf, setupLink } from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet.
test.use({
  webgl: false,
  settings: { KICKSTAND_SESSION_DAYS: '29' },
  baseURL: async ({ service }, use) => use(originOf(service)),
})

test('the first admin sets up the installation with a passkey, signs out and in again', async ({
  page,
  service,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'only Chromium has virtual authenticators')
  await addAuthenticator(page)
  await page.goto(setupLink(service))
  await expect(page.getByRole('heading', { name: 'Set up Kickstand' })).toBeVisible()
  // The secret stays in memory only.
  await expect.poll(() => new URL(page.url()).hash).toBe('')

  await page.getByRole('radio', { name: 'Restore a backup' }).check()
  await expect(page.getByText('This page cannot restore a backup yet.')).toBeVisible()
  await page.getByRole('radio', { name: 'Start new' }).check()

  await enter(page.getByRole('textbox', { name: 'Name' }), 'Ada Admin')
  await enter(page.getByRole('textbox', { name: 'E-mail address' }), 'ada@example.org')
  await expect(page.getByRole('radio', { name: 'Passkey (recommended)' })).toBeChecked()
  await page.getByRole('button', { name: 'Create the admin account' }).click()
  await expect(page.getByText('Signed in as')).toContainText('Ada Admin (ada@example.org)')

  const line = (text: string) => page.getByRole('listitem').filter({ hasText: text })
  await expect(line('The service is ready')).toContainText('Good')
  await expect(line('You can sign in as an admin')).toContainText('Good')
  await expect(line('Your account has a second factor')).toContainText('Good')
  await expect(line('There is a way in when a device is lost')).toContainText('Should be better')
  await expect(line('The map shows zones')).toContainText('Good')
  await page.getByRole('link', { name: 'Go to the console' }).click()
  await expect(page.getByRole('heading', { name: 'Hello, Ada Admin' })).toBeVisible()

  await page.getByRole('button', { name: 'Account of Ada Admin' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Hello, Ada Admin' })).toBeVisible()

  // The link works once.
  await page.getByRole('button', { name: 'Account of Ada Admin' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto(setupLink(service))
  await expect(page.getByText('This link cannot be used')).toBeVisible()
})
