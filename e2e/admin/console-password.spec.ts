import { expect, test } from '../fixtures.ts'
import { PASSWORD, codeOf, cutTexts, enter, originOf, setupLink } from '../console-people.ts'

// The settings give this file a server of its own, which has no admin yet.
test.use({
  webgl: false,
  settings: { KICKSTAND_SESSION_DAYS: '28' },
  baseURL: async ({ service }, use) => use(originOf(service)),
})

test('the first admin sets up a password and an authenticator app, and signs in with both', async ({
  page,
  service,
}) => {
  await page.goto(setupLink(service))
  await enter(page.getByRole('textbox', { name: 'Name' }), 'Ada Admin')
  await enter(page.getByRole('textbox', { name: 'E-mail address' }), 'ada@example.org')
  await page.getByRole('radio', { name: 'Password' }).check()
  const password = page.getByRole('textbox', { name: 'New password' })
  // It has a part of the name.
  await enter(password, 'the admin of utopia')
  await page.getByRole('button', { name: 'Create the admin account' }).click()
  await expect(page.getByText(/^Choose another password/)).toBeVisible()
  await enter(password, PASSWORD)
  // Hidden, unless the person wants to see it.
  await expect(password).toHaveAttribute('type', 'password')
  await expect(password).toHaveAttribute('autocomplete', 'new-password')
  const show = page.getByRole('button', { name: 'Show', exact: true })
  await show.click()
  await expect(password).toHaveAttribute('type', 'text')
  await show.click()
  await expect(password).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Create the admin account' }).click()

  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const secret = await page.getByRole('textbox', { name: 'Key for the app' }).inputValue()
  // In groups of four, to be typed into an app on another phone.
  expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  const items = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  const codes = await items.allInnerTexts()
  expect(codes).toHaveLength(10)
  // On a small phone each code is on one line, and no text is cut off.
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  await page.setViewportSize({ width: 320, height: 640 })
  const heights = await items.evaluateAll((all) => all.map((item) => item.getBoundingClientRect().height))
  expect(Math.max(...heights)).toBeLessThan(30)
  expect(await cutTexts(page)).toEqual([])
  await page.setViewportSize({ width, height })
  await enter(page.getByRole('textbox', { name: 'Code of the authenticator app' }), '000000')
  await enter(page.getByRole('textbox', { name: 'One of the recovery codes' }), codes[0] ?? '')
  await page.getByRole('button', { name: 'Turn on the second factor' }).click()
  await expect(page.getByText('The code is wrong. Enter the current code of the app.')).toBeVisible()
  await enter(page.getByRole('textbox', { name: 'Code of the authenticator app' }), codeOf(secret))
  await page.getByRole('button', { name: 'Turn on the second factor' }).click()
  await page.getByRole('link', { name: 'Go to the console' }).click()
  await expect(page.getByText('Nothing needs you')).toBeVisible()

  const menu = page.getByRole('button', { name: 'Account of Ada Admin' })
  await menu.click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  const email = page.getByRole('textbox', { name: 'E-mail address' })
  const signIn = page.getByRole('button', { name: 'Sign in with the password' })
  await enter(email, 'ada@example.org')
  await enter(page.getByLabel('Password'), 'not the password')
  await signIn.click()
  await expect(page.getByRole('alert')).toContainText('This did not match.')
  await enter(page.getByLabel('Password'), PASSWORD)
  await signIn.click()
  await expect(page.getByRole('textbox', { name: 'Code of the authenticator app' })).toHaveAttribute(
    'autocomplete',
    'one-time-code',
  )
  await enter(page.getByRole('textbox', { name: 'Code of the authenticator app' }), codeOf(secret, 1))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(menu).toBeVisible()

  // The phone is lost: a recovery code replaces the app, once.
  for (const works of [true, false]) {
    await menu.click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await enter(email, 'ada@example.org')
    await enter(page.getByLabel('Password'), PASSWORD)
    await signIn.click()
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await enter(page.getByRole('textbox', { name: 'Recovery code' }), codes[1] ?? '')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(works ? menu : page.getByRole('alert')).toBeVisible()
  }
  await expect(page.getByRole('alert')).toContainText('This did not match.')
})

test('password fields hide what is typed, take a paste, and name their purpose to password managers', async ({
  page,
}) => {
  await page.goto('/console')
  const email = page.getByRole('textbox', { name: 'E-mail address' })
  const password = page.getByLabel('Password')
  await expect(password).toHaveAttribute('type', 'password')
  await expect(password).toHaveAttribute('autocomplete', 'current-password')
  await expect(email).toHaveAttribute('autocomplete', /^username/)
  // A password manager or a person copies the text elsewhere, here in the other field.
  await enter(email, PASSWORD)
  await email.press('ControlOrMeta+A')
  await email.press('ControlOrMeta+C')
  await password.press('ControlOrMeta+V')
  await expect(password).toHaveValue(PASSWORD)
})
