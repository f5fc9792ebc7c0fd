/**
 * Setup and sign-in with a password in WebKitGTK: a check of the engine, not of Safari (../webkitgtk.ts says what differs).
 * The stories of the other browsers are in console-password.spec.ts.
 */
import { expect, test } from '../webkitgtk.ts'
import { PASSWORD, codeOf, originOf, setupLink } from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet.
test.use({ settings: { KICKSTAND_SESSION_DAYS: '24' } })
// The first test makes the admin that the others need.
test.describe.configure({ mode: 'serial' })

const EMAIL = 'ada@example.org'
let secret = ''

test('the first admin sets up a password and an authenticator app', async ({ window, service }) => {
  await window.open(setupLink(service))
  await window.enter('Name', 'Ada Admin')
  await window.enter('E-mail address', EMAIL)
  await window.enter('New password', PASSWORD)
  expect(await (await window.field('New password')).getAttribute('type')).toBe('password')
  await window.press('Create the admin account')
  await window.press('Set up an authenticator app')
  secret = (await (await window.field('Key for the app')).getAttribute('value')) ?? ''
  const codes = await window.seeAll('[aria-label="Recovery codes"] li')
  expect(codes).toHaveLength(10)
  await window.enter('Code of the authenticator app', codeOf(secret))
  await window.enter('One of the recovery codes', codes[0] ?? '')
  await window.press('Turn on the second factor')
  await window.press('Go to the console')
  await window.see('Nothing needs you')
  await window.press('Account of Ada Admin')
  await window.press('Sign out')
  await window.see('Sign in with the password')
})

test('a wrong password is rejected with a message', async ({ window, service }) => {
  await window.open(`${originOf(service)}/console`)
  await window.enter('E-mail address', EMAIL)
  await window.enter('Password', 'not the password')
  await window.press('Sign in with the password')
  await window.see('This did not match.')
})

test('the password and a code of the app sign in', async ({ window, service }) => {
  await window.open(`${originOf(service)}/console`)
  await window.enter('E-mail address', EMAIL)
  await window.enter('Password', PASSWORD)
  await window.press('Sign in with the password')
  await window.enter('Code of the authenticator app', codeOf(secret, 1))
  await window.press('Confirm')
  await window.see('Hello, Ada Admin')
})
