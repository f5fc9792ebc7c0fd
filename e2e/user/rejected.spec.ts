import { expect, test } from '../fixtures.ts'
import { cards, sheetTitle } from '../page-parts.ts'

test.use({ webgl: false, settings: { KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: '0' } })

test('a duplicate place is rejected with the reason and a link to the existing one, and the form keeps its input', async ({
  page,
  context,
  browserName,
  request,
}) => {
  test.skip(browserName === 'firefox', 'Firefox under WebDriver BiDi cannot be given a position')
  const { start } = await (await request.get('/v1/app-config')).json()
  const { zones } = await (await request.get(`/v1/zones/nearby?lat=${start.lat}&lng=${start.lng}&limit=1`)).json()
  const [there] = zones
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ latitude: there.lat, longitude: there.lng, accuracy: 8 })
  await page.setViewportSize({ width: 320, height: 568 })
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Add a missing place' }).click()
  const form = page.getByRole('region', { name: 'Which place is missing?' })
  await form.getByRole('button', { name: 'Where I am' }).click()
  await form.getByLabel('Spaces').fill('4')
  await form.getByLabel('Name or street, if it has one').fill('Behind the mill')
  await form.getByRole('button', { name: 'Add this place' }).click()

  const alert = form.getByRole('alert')
  await expect(alert).toContainText('This place was not added')
  await expect(alert).toContainText(/There is already a place \d+ m from here\./)
  await expect(alert).toBeInViewport()
  expect(await page.locator('body').innerText()).not.toMatch(/\/v1\/|Not accepted/)
  // No toast covers the form, and the form keeps its input.
  await expect(page.getByRole('status').getByRole('button', { name: 'Close' })).toHaveCount(0)
  await expect(form.getByLabel('Spaces')).toHaveValue('4')
  await expect(form.getByLabel('Name or street, if it has one')).toHaveValue('Behind the mill')
  await alert.getByRole('link', { name: 'Show the existing place' }).click()
  await expect(page).toHaveURL(new RegExp(`/zones/${there.id}`))
  await expect(sheetTitle(page)).toBeVisible()
  // Opened again, the form holds the previous input.
  await page.goBack()
  await page.getByRole('button', { name: 'Add a missing place' }).click()
  await expect(form.getByLabel('Name or street, if it has one')).toHaveValue('Behind the mill')
  await form.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Add a missing place' }).click()
  await expect(form.getByLabel('Name or street, if it has one')).toHaveValue('')
})

test('messages of the API are never shown to a rider', async ({ page }) => {
  const detail = 'The zone zzz is not at /v1/zones/zzz; send "observedAt" as RFC 3339.'
  const rejection = (status: number, code: string) => ({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: '/docs', title: 'Unprocessable', status, code, detail }),
  })
  await page.goto('/')
  await cards(page).first().getByRole('link').click()
  await expect(sheetTitle(page)).toBeVisible()
  await page.route('**/v1/reports', (route) => route.fulfill(rejection(422, 'observed-in-future')))
  await page.getByRole('button', { name: 'Few spaces free' }).click()
  await expect(
    page.getByText('Your report was not accepted. The clock of this device is ahead. Set it and report again.'),
  ).toBeVisible()

  await page.route(/\/contributions$/, (route) => route.fulfill(rejection(422, 'not-for-riders')))
  await page.getByRole('button', { name: 'Something is different here' }).click()
  await page.getByRole('button', { name: 'Covered', exact: true }).click()
  await page.getByRole('button', { name: 'Yes', exact: true }).click()
  await expect(page.getByText('This was not accepted. Only the operator of this place can change that.')).toBeVisible()

  await page.route(/\/v1\/(zones\/nearby|plan)\?/, (route) => route.fulfill(rejection(422, 'invalid-request')))
  await page.goto('/')
  await expect(page.getByText('The list could not be loaded')).toBeVisible()
  await page.getByRole('link', { name: 'Where to try first' }).click()
  await expect(page.getByText('The plan could not be made')).toBeVisible()
  expect(await page.locator('body').innerText()).not.toMatch(/\/v1\/|RFC|observedAt/)
})
