import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle } from '../page-parts.ts'

test('the nearest zones are listed, nearest first, each with a figure, an age and a distance', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  expect(await cards(page).count()).toBeGreaterThan(5)
  const metres = await cards(page).evaluateAll((all) =>
    all.map((card) => {
      const [, value, unit] = /([\d.]+) (k?m)\b/.exec(card instanceof HTMLElement ? card.innerText : '') ?? []
      return Number(value) * (unit === 'km' ? 1000 : 1)
    }),
  )
  expect(metres.every((distance) => distance > 0)).toBe(true)
  expect(metres).toEqual(metres.toSorted((a, b) => a - b))
  for (const text of await cards(page).allInnerTexts()) {
    expect(text).toMatch(/Plenty free|Some free|Few free|Full|Not known|Closed/)
    expect(text).toMatch(/ago|just now|No reports yet|usual for this hour|outside opening hours/)
  }
})

test('a zone without observations is shown as not known, never as free or 0', async ({ page }) => {
  await page.route('**/v1/zones/nearby?*', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    const nothing = {
      expectedFree: null,
      freeLow: null,
      freeHigh: null,
      chance: null,
      observedAt: null,
      ageSeconds: null,
    }
    body.zones[0].availability = {
      ...nothing,
      state: 'unknown',
      source: 'none',
      reports: 0,
      reportsDisagree: false,
      capacityDoubted: false,
    }
    await route.fulfill({ response: answer, json: body })
  })
  await page.route(/\/v1\/live\?/, (route) => route.abort())
  await page.goto('/')
  const card = cards(page).first()
  await expect(card).toContainText('Not known')
  await expect(card).toContainText('No reports yet')
  expect(await card.innerText()).not.toMatch(/free\b|\b0\b|%/)
})

test('doubts about a zone are shown as text on its card, also on narrow phones', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.route('**/v1/zones/nearby?*', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    for (const [i, zone] of body.zones.entries()) {
      zone.availability.reportsDisagree = i === 0
      zone.availability.capacityDoubted = i === 0
    }
    await route.fulfill({ response: answer, json: body })
  })
  await page.route(/\/v1\/live\?/, (route) => route.abort())
  await page.goto('/')
  const first = cards(page).first()
  await expect(first).toContainText('Reports disagree')
  await expect(first).toContainText('More bikes counted than spaces listed')
  await expect(cards(page).nth(1)).not.toContainText(/disagree|than spaces listed/)
  expect(await first.evaluate((card) => card.scrollWidth - card.clientWidth)).toBeLessThanOrEqual(0)
})

test('the demo town is marked as simulated, with the commands for real data', async ({ page }) => {
  await page.goto('/')
  await page.getByText('Demo town: simulated zones and riders.').click()
  await expect(page.getByText('npx kickstand import FILE')).toBeVisible()
})

test('a zone opens under its own address with its source and licence, and the back button closes it', async ({
  page,
}) => {
  await page.goto('/')
  const name = await openFirstZone(page)
  await expect(page).toHaveURL(/\/zones\/[0-9a-z]+/)
  await expect(sheetTitle(page)).toHaveText(name)
  await expect(sheetTitle(page)).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Where this comes from' })).toBeVisible()
  await expect(page.getByText(/^Licence: /)).toBeVisible()
  await page.goBack()
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Where this comes from' })).toHaveCount(0)
})

test("a zone's address opened directly shows that zone", async ({ page, request }) => {
  const { start } = await (await request.get('/v1/app-config')).json()
  const { zones } = await (await request.get(`/v1/zones/nearby?lat=${start.lat}&lng=${start.lng}&limit=1`)).json()
  await page.goto(`/zones/${zones[0].id}`)
  if (zones[0].name) await expect(sheetTitle(page)).toHaveText(zones[0].name)
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  await expect(cards(page).first()).toBeVisible()
})

test('the address of an unknown zone shows a message with a link back', async ({ page }) => {
  await page.goto('/zones/zzzzzzzzzzzz')
  await expect(page.getByText('This zone is not known')).toBeVisible()
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  await expect(cards(page).first()).toBeVisible()
})

test('the position is requested only on a tap, and then the list is near the rider', async ({
  page,
  context,
  request,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Firefox under WebDriver BiDi cannot be given a position')
  const { start } = await (await request.get('/v1/app-config')).json()
  const { zones } = await (await request.get(`/v1/zones/nearby?lat=${start.lat}&lng=${start.lng}&limit=8`)).json()
  const there = zones.at(-1)
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ latitude: there.lat, longitude: there.lng, accuracy: 10 })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Near the map centre' })).toBeVisible()
  await page.getByRole('button', { name: 'Near me' }).click()
  await expect(page.getByRole('heading', { name: 'Near you' })).toBeVisible()
  await expect(page.locator(`[data-zone="${there.id}"]`).first()).toBeVisible()
  // At a zone, the rider reports from its card in one tap.
  await expect(cards(page).first().getByRole('button', { name: 'Few spaces free' })).toBeVisible()
})

test('a denied position shows a message, and the list stays', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'Firefox shows a permission prompt')
  await page.goto('/')
  await page.getByRole('button', { name: 'Near me' }).click()
  await expect(page.getByText(/Move the map instead/)).toBeVisible()
  await expect(cards(page).first()).toBeVisible()
})

test('the price of a zone is shown in words, with the fee', async ({ page, service }) => {
  const answer = await fetch(`${service.url}/v1/zones?bbox=-180,-90,180,90&limit=500`)
  const { zones } = (await answer.json()) as { zones: { id: string; kind: string | null }[] }
  const garage = zones.find(({ kind }) => kind === 'garage')
  await page.goto(`/zones/${garage?.id}`)
  await expect(page.getByText('Price: €0.80 per hour, at most €5 a day.')).toBeVisible()
})
