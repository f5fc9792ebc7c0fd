import { AxeBuilder } from '@axe-core/playwright'
import type { ForecastBody } from '@kickstand/contract'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

test.use({ webgl: false })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const HALF_HOUR_MS = 30 * 60_000

async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** Gives every zone the same forecast: 8 of 10 free at first, then fewer, then unknown, and closed at the end. */
async function mockForecast(page: Page): Promise<void> {
  await page.route(/\/v1\/zones\/[0-9a-z]+\/forecast/, async (route) => {
    const now = Date.now()
    const iso = (time: number) => new Date(time).toISOString()
    const known = (i: number) => i < 30
    const points = Array.from({ length: 49 }, (_, i): ForecastBody['points'][number] => ({
      at: iso(i === 0 ? now : (Math.floor(now / HALF_HOUR_MS) + i) * HALF_HOUR_MS),
      state: known(i) ? 'some' : i < 40 ? 'unknown' : 'closed',
      expectedFree: known(i) ? 8 - i / 5 : null,
      freeLow: known(i) ? Math.floor(7 - i / 5) : null,
      freeHigh: known(i) ? Math.ceil(9 - i / 5) : null,
      chance: known(i) ? 0.9 - i / 100 : null,
      source: known(i) ? 'history' : 'none',
    }))
    const body: ForecastBody = {
      zoneId: 'anyzone01',
      timeZone: 'Asia/Tokyo',
      asOf: iso(now),
      capacity: 10,
      reportsDisagree: false,
      capacityDoubted: false,
      points,
      observations: [
        { at: iso(now - 3 * HALF_HOUR_MS), kind: 'level', free: null, level: 'few', effect: 'estimate' },
        { at: iso(now - HALF_HOUR_MS), kind: 'count', free: 7, level: null, effect: 'estimate' },
      ],
    }
    await route.fulfill({ json: body })
  })
}

function aheadControl(page: Page) {
  return page.getByRole('group', { name: 'When will you park?' })
}

test('the forecast of a zone is a chart with a slider and a table', async ({ page }) => {
  await mockForecast(page)
  await page.goto('/')
  await openFirstZone(page)
  await expect(page.getByRole('img', { name: /^Now about 8 free \(7–9\); most space around/ })).toBeVisible()
  await expect(page.getByText(/^Times are local: it is \d\d:\d\d there now \(Tokyo\)/)).toBeVisible()
  const readout = page.locator('[data-day-readout]')
  await expect(readout).toHaveText('Now: about 8 free (7–9) · 90%')
  const slider = page.getByRole('slider', { name: 'Time of the forecast' })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect(readout).toHaveText(/^\d\d:[03]0: about 8 free \(6–9\) · 89%$/)
  // The forecast is refetched after a report, and the slider keeps its value.
  const again = page.waitForResponse(/\/forecast/)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  await (await again).finished()
  await expect(page.getByText('You reported: Full')).toBeVisible()
  await expect(readout).toHaveText(/^\d\d:[03]0: about 8 free \(6–9\) · 89%$/)
  await slider.focus()
  await page.keyboard.press('End')
  await expect(readout).toHaveText(/: closed$/)
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/: closed$/)
  await page.getByRole('button', { name: 'Show as table' }).click()
  const rows = page.getByRole('table', { name: 'The next 24 hours' }).getByRole('row')
  await expect(rows).toHaveCount(50)
  await expect(rows.nth(1)).toHaveText(/Now\s*about 8 free\s*7–9\s*90%/)
  await expect(rows.nth(35)).toHaveText(/Not known\s*–\s*–/)
  await expect(rows.nth(49)).toHaveText(/Closed\s*–\s*–/)
  await expect(page.getByText(/^\d\d:\d\d: 7 free$/)).toBeVisible()
})

test("the server's forecast is drawn, and a report changes it", async ({ page }) => {
  await page.goto('/')
  await openFirstZone(page)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  await expect(page.getByRole('img', { name: /^Now (about|Full)/ })).toBeVisible()
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('heading', { name: 'Seen in the last 6 hours' })).toBeVisible()
  await expect(page.locator('.day li').filter({ hasText: ': Full' }).first()).toBeVisible()
})

test('list and sheet show a forecast, and the choice is in the address', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText(/^Likely in /)).toHaveCount(0)
  const asked = page.waitForRequest(/\/v1\/zones\/nearby\?.*at=/)
  await aheadControl(page).getByRole('radio', { name: 'In 30 min' }).check()
  const at = new URL((await asked).url()).searchParams.get('at')
  expect(Math.abs(Date.parse(at ?? '') - Date.now() - HALF_HOUR_MS)).toBeLessThan(60_000)
  await expect(page).toHaveURL(/[?&]in=30\b/)
  await expect(page.getByText('Forecast')).toBeVisible()
  await expect(page.getByText(/^(Likely in|In) 30 min/).first()).toBeVisible()

  await openFirstZone(page)
  await expect(page).toHaveURL(/\/zones\/.*[?&]in=30\b/)
  await expect(page.getByRole('article').getByText(/^(Likely in|In) 30 min/)).toBeVisible()
  await page.reload()
  await expect(aheadControl(page).getByRole('radio', { name: 'In 30 min' })).toBeChecked()
  await expect(page.getByRole('article').getByText(/^(Likely in|In) 30 min/)).toBeVisible()

  await aheadControl(page).getByRole('radio', { name: 'In 30 min' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/[?&]in=60\b/)
  await aheadControl(page).getByRole('radio', { name: 'Now' }).check()
  await expect(page).not.toHaveURL(/[?&]in=/)
  await expect(page.getByText(/^Likely in /)).toHaveCount(0)
})

test('without a network the list says that it shows no forecast', async ({ page, context }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await context.setOffline(true)
  await aheadControl(page).getByRole('radio', { name: 'In 30 min' }).check()
  await expect(page.getByText('The forecast could not be loaded.', { exact: false })).toBeVisible()
  await expect(page.getByText('Forecast', { exact: true })).toHaveCount(0)
  await expect(page.getByText(/^Likely in /)).toHaveCount(0)
  await context.setOffline(false)
  await expect(page.getByText(/^(Likely in|In) 30 min/).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('The forecast could not be loaded.', { exact: false })).toHaveCount(0)
})

test('figures change with the selected time', async ({ page }) => {
  await page.route('**/v1/zones/nearby?*', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    const later = new URL(route.request().url()).searchParams.has('at')
    Object.assign(body.zones[0], { capacity: 20 })
    Object.assign(body.zones[0].availability, {
      state: 'some',
      chance: 0.9,
      source: 'rider',
      observedAt: new Date().toISOString(),
      ...(later ? { expectedFree: 5, freeLow: 4, freeHigh: 6 } : { expectedFree: 9, freeLow: 8, freeHigh: 10 }),
    })
    await route.fulfill({ response: answer, json: body })
  })
  await page.route(/\/v1\/live\?/, (route) => route.abort())
  await page.goto('/')
  await expect(cards(page).first()).toContainText('about 9 free')
  await aheadControl(page)
    .getByRole('radio', { name: 'In 1 hr' })
    .or(aheadControl(page).getByRole('radio').last())
    .first()
    .check()
  await expect(cards(page).first()).toContainText('about 5 free')
  await expect(cards(page).first()).toContainText('Likely in')
  await aheadControl(page).getByRole('radio', { name: 'Now' }).check()
  await expect(cards(page).first()).toContainText('about 9 free')
})

test('a live figure does not overwrite a forecast, which is refetched', async ({ page, request }) => {
  await page.goto('/?in=60')
  await expect(cards(page).first()).toBeVisible()
  const id = await page.locator('[data-zone]').first().getAttribute('data-zone')
  await page.waitForTimeout(1_500)
  const again = page.waitForRequest(/\/v1\/zones\/nearby\?.*at=/, { timeout: 15_000 })
  const sent = await request.post('/v1/reports', { data: { zoneId: id, kind: 'level', level: 'full' } })
  expect(sent.status()).toBe(201)
  await again
  await expect(page.getByText(/^(Likely in|In) 60 min/).first()).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`forecast, slider and table have no axe violations, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await mockForecast(page)
    await page.goto('/?in=30')
    await expect(cards(page).first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await openFirstZone(page)
    await page.getByRole('button', { name: 'Show as table' }).click()
    expect(await axeViolations(page)).toEqual([])
  })
}

for (const [what, width, fontSize] of [
  ['on a small phone', 320, '100%'],
  ['with text at 200 %', 412, '200%'],
] as const) {
  test(`the day and its table fit ${what}`, async ({ page }) => {
    await mockForecast(page)
    await page.setViewportSize({ width, height: 640 })
    await page.goto('/?in=60')
    await page.addStyleTag({ content: `html { font-size: ${fontSize} }` })
    await openFirstZone(page)
    await expect(page.getByRole('slider', { name: 'Time of the forecast' })).toBeVisible()
    await page.getByRole('button', { name: 'Show as table' }).click()
    const overflow = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.panel-scroll')].map(
        (box) => box.scrollWidth - box.clientWidth,
      ),
    )
    expect(overflow).toEqual([0, 0])
  })
}
