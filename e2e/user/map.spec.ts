import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle } from '../page-parts.ts'

/** Software WebGL is slow on a busy machine. */
const MAP_TIMEOUT_MS = 30_000

test('moving the map moves the list and updates the address', async ({ page }) => {
  await page.goto('/')
  const map = page.getByRole('region', { name: /^Map of motorcycle parking/ })
  await expect(map).toBeVisible({ timeout: MAP_TIMEOUT_MS })
  await expect(cards(page).first()).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  const before = await cards(page).first().getByRole('link').getAttribute('data-zone')
  await map.focus()
  for (let press = 0; press < 4; press += 1) {
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(500)
  }
  await expect.poll(() => new URL(page.url()).searchParams.get('lat'), { timeout: MAP_TIMEOUT_MS }).not.toBeNull()
  await expect.poll(() => cards(page).first().getByRole('link').getAttribute('data-zone')).not.toBe(before)
  await atRest(page)
  const moved = await cards(page).first().getByRole('link').getAttribute('data-zone')
  await page.reload()
  await expect(cards(page).first().getByRole('link')).toHaveAttribute('data-zone', moved ?? '')
})

/** Waits until the address stays the same: on a busy machine the map glides on after the last key. */
async function atRest(page: Page): Promise<void> {
  let last = ''
  const unchanged = () => {
    const before = last
    last = page.url()
    return before === last
  }
  await expect.poll(unchanged, { timeout: MAP_TIMEOUT_MS, intervals: [2_000] }).toBe(true)
}

test('opening and closing a zone does not change the list', async ({ page }) => {
  await page.goto('/')
  const order = () =>
    cards(page).evaluateAll((all) => all.map((card) => card.querySelector('[data-zone]')?.getAttribute('data-zone')))
  await expect(page.getByRole('region', { name: /^Map of motorcycle parking/ })).toBeVisible({
    timeout: MAP_TIMEOUT_MS,
  })
  await expect(cards(page).first()).toBeVisible()
  const before = await order()
  await cards(page).nth(3).getByRole('link').click()
  await expect(sheetTitle(page)).toBeVisible()
  await page.waitForTimeout(2_000)
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  await expect(cards(page).first()).toBeVisible()
  expect(await order()).toEqual(before)
})

test('a zone is selected on the map', async ({ page }) => {
  await page.goto('/')
  const map = page.getByRole('region', { name: 'Map', exact: true })
  const plate = map.getByRole('button', { name: /: (about|\d|Plenty|Some|Few|Full|Not known|Closed)/ }).first()
  await expect(plate).toBeAttached({ timeout: MAP_TIMEOUT_MS })
  await plate.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/zones\//)
  await expect(sheetTitle(page)).toBeVisible()
})

test('a lost stream shows a message, and the figures stay', async ({ page }) => {
  await page.route(/\/v1\/live\?/, (route) => route.abort())
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText(/No connection\. Last updated/)).toBeVisible({ timeout: 15_000 })
  await page.unroute(/\/v1\/live\?/)
  await expect(page.getByText(/No connection\. Last updated/)).toHaveCount(0, { timeout: 30_000 })
  await openFirstZone(page)
})

test('the panel is at the right in a right-to-left language on a wide screen', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('kickstand.language', 'ar'))
  await page.setViewportSize({ width: 1200, height: 800 })
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  const box = await page.locator('.panel').boundingBox()
  expect(Math.round((box?.x ?? 0) + (box?.width ?? 0))).toBe(1200)
  const zoom = await page.getByRole('button', { name: 'تكبير', exact: true }).boundingBox()
  expect(zoom?.x).toBeLessThan(100)
})
