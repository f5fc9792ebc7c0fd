import { AxeBuilder } from '@axe-core/playwright'
import type { NearbyBody } from '@kickstand/contract'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

test.use({ webgl: false })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

const filtersButton = (page: Page) => page.getByRole('button', { name: /^Filters/ })
const panel = (page: Page) => page.getByRole('region', { name: 'Filters' })
const toggle = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

/** The zones in the list, as the server returns them. */
async function listedZones(page: Page): Promise<NearbyBody['zones']> {
  const ids = await page.locator('[data-zone]').evaluateAll((links) => links.map((link) => link.dataset['zone'] ?? ''))
  return Promise.all(ids.map(async (id) => (await page.request.get(`/v1/zones/${id}`)).json()))
}

test('a filter is set with a tap, extended by unknown and removed again', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await filtersButton(page).click()
  await toggle(page, 'Covered').click()
  await expect(page).toHaveURL(/[?&]covered=yes(?:&|$)/)
  await expect(page.getByText(/zones? match|that match/)).toBeVisible()
  await expect.poll(async () => (await listedZones(page)).every(({ covered }) => covered === true)).toBe(true)
  expect((await listedZones(page)).length).toBeGreaterThan(0)

  await toggle(page, 'Covered or not known').click()
  await expect(page).toHaveURL(/[?&]covered=yes(?:,|%2C)unknown/)
  await expect.poll(async () => (await listedZones(page)).some(({ covered }) => covered === null)).toBe(true)
  expect((await listedZones(page)).every(({ covered }) => covered !== false)).toBe(true)

  await page.reload()
  const chip = page.getByRole('button', { name: 'Remove filter: Covered or not known' })
  await expect(chip).toBeVisible()
  await chip.click()
  await expect(page).not.toHaveURL(/covered/)
  await expect(chip).toHaveCount(0)
})

test('the vehicle is stored on the device and in the address', async ({ page }) => {
  await page.goto('/')
  await filtersButton(page).click()
  await page.getByLabel('My vehicle').selectOption('Scooter')
  await expect(page).toHaveURL(/[?&]vehicle=scooter/)
  await expect(cards(page).first()).toContainText(/Scooters may park|who may park is not known/)
  await page.goto('/')
  await expect(filtersButton(page)).toContainText('Scooter')
  await page.goto('/?vehicle=moped')
  await expect(filtersButton(page)).toContainText('Moped')
})

test('without a match the page says so, with the number of unknown zones', async ({ page }) => {
  await page.goto('/?covered=yes&secure=yes&charging=yes&surface=yes&open=yes&likelyFree=yes&mayPark=yes&free=yes')
  await expect(page.getByText(/^No place here is known to match: free of charge/)).toBeVisible()
  const show = page.getByRole('button', { name: /^Show (them|it)$/ })
  await show
    .or(page.getByRole('button', { name: 'Clear filters' }))
    .first()
    .click()
  await expect(cards(page).first()).toBeVisible()
})

test('a loaded list is filtered without the server', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await filtersButton(page).click()
  await expect(toggle(page, 'Covered')).toBeVisible()
  const nearest = (await listedZones(page)).flatMap(({ id, covered }) => (covered === false ? [] : [id]))
  await page.route(/\/v1\/zones/, (route) => route.abort())
  await toggle(page, 'Covered').click()
  await toggle(page, 'Covered or not known').click()
  // Zones beyond the old list may follow: those of the map are saved as well.
  await expect.poll(async () => (await listedZones(page)).every(({ covered }) => covered !== false)).toBe(true)
  const ids = (await listedZones(page)).map(({ id }) => id)
  expect(ids.slice(0, nearest.length)).toEqual(nearest)
})

test('the card and the sheet show the rules and the sign text', async ({ page }) => {
  const until = new Date(Date.now() + 2 * 60 * 60_000)
  await page.route(/\/v1\/zones\/(?:nearby\?|[0-9a-z]{8,}(?:\?|$))/, async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    const zone = body.zones?.[0] ?? body
    zone.signText = 'Market days only'
    zone.rules = {
      mayPark: 'unknown',
      reasons: [
        { code: 'vehicle-yes', until: null },
        { code: 'sign-unread', until: null },
      ],
      fee: { state: 'free', until: until.toISOString() },
      hours: { state: 'unknown', until: null },
      validUntil: until.toISOString(),
      timeZone: 'UTC',
      maxStay: 7200,
    }
    await route.fulfill({ response: answer, json: body })
  })
  await page.goto('/')
  const line = /Check the sign: who may park is not known · free until (?:\w{3} )?\d\d:\d\d · max 2 hrs?/
  await expect(cards(page).first()).toContainText(line)
  await openFirstZone(page)
  await expect(page.getByRole('heading', { name: 'May I park here?' })).toBeVisible()
  await expect(page.getByText('The sign says “Market days only”. Read it before you park.')).toBeVisible()
  await expect(page.getByText('Maximum stay: 2 hrs.')).toBeVisible()
})

test('the keyboard alone opens the filters and sets one', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await filtersButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(toggle(page, 'Free of charge')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('My vehicle')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/[?&]free=yes/)
  await expect(toggle(page, 'Free of charge')).toHaveAttribute('aria-pressed', 'true')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the filters have no axe violations and are large enough for gloves, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/?covered=yes,unknown&free=yes')
    await expect(cards(page).first()).toBeVisible()
    await filtersButton(page).click()
    await expect(toggle(page, 'Secure')).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    for (const button of await panel(page).getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48)
  })
}

for (const [what, width, fontSize] of [
  ['on a small phone', 320, '100%'],
  ['with text at 200 %', 412, '200%'],
] as const) {
  test(`the filters fit ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.goto('/?covered=yes,unknown&secure=yes,unknown')
    await page.addStyleTag({ content: `html { font-size: ${fontSize} }` })
    await filtersButton(page).click()
    await expect(toggle(page, 'Secure or not known')).toBeVisible()
    const overflow = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.panel-scroll')].map(
        (box) => box.scrollWidth - box.clientWidth,
      ),
    )
    expect(overflow).toEqual([0, 0])
  })
}
