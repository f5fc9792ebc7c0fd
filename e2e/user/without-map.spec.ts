import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

test('without WebGL the page shows a message and the complete list', async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = new Proxy(original, {
      apply: (target, self, args) => (/webgl/.test(String(args[0])) ? null : Reflect.apply(target, self, args)),
    })
  })
  await page.goto('/')
  await expect(page.getByText('The map cannot be drawn on this device.').first()).toBeVisible()
  await expect(cards(page).first()).toBeVisible()
  await openFirstZone(page)
  await page.getByRole('button', { name: 'Few spaces free' }).click()
  await expect(page.getByText('You reported: Few')).toBeVisible()
})

test('the list is shown if the map engine cannot be loaded', async ({ page }) => {
  await page.route(/\/assets\/(zone-map|maplibre)[^/]*\.js$/, (route) => route.abort())
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText('The map cannot be drawn on this device.').first()).toBeVisible()
})

test('the page works without map tiles', async ({ page }) => {
  await page.route(/\/basemap\/|openfreemap/, (route) => route.abort())
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await openFirstZone(page)
})

test('a zone and the plan say so if their part of the page cannot be loaded, and the list stays usable', async ({
  page,
}) => {
  await page.route(/\/assets\/lazy-pages[^/]*\.js$/, (route) => route.abort())
  await page.goto('/')
  await cards(page).first().getByRole('link').click()
  await expect(page.getByText(/^The details could not be loaded/)).toBeVisible()
  await page.goBack()
  await expect(cards(page).first()).toBeVisible()
  await page.getByRole('link', { name: 'Where to try first' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.goBack()
  await expect(cards(page).first()).toBeVisible()
})
