import type { Page } from '@playwright/test'
import { expect, test, type Service } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle } from '../page-parts.ts'

const MAX_LAYOUT_SHIFT = 0.05

/** Sums the layout shifts that were not caused by input, from the first paint on. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { shifted: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
        if (!hadRecentInput) Object.assign(window, { shifted: ((window as { shifted?: number }).shifted ?? 0) + value })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => (window as { shifted?: number }).shifted ?? Number.NaN)
}

/** Hides the strip of the demo town, as with real data. */
async function asRealData(page: Page): Promise<void> {
  await page.route('**/v1/app-config', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), demo: false } })
  })
}

async function withoutWebGl(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = new Proxy(original, {
      apply: (target, self, args) => (/webgl/.test(String(args[0])) ? null : Reflect.apply(target, self, args)),
    })
  })
}

/** Delays the app config, as on a slow network. */
async function delayConfig(page: Page): Promise<void> {
  await page.route('**/v1/app-config', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    await route.fallback()
  })
}

test.describe('the first screen has no layout shift', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium measures layout shifts')
  for (const { width, height } of [
    { width: 390, height: 844 },
    { width: 320, height: 568 },
  ]) {
    for (const [name, prepare] of [
      ['of the demo town', async () => undefined],
      ['of real data', asRealData],
      ['without WebGL', withoutWebGl],
    ] as const) {
      test(`${name}, ${width} × ${height}`, async ({ page }) => {
        await page.setViewportSize({ width, height })
        await prepare(page)
        await delayConfig(page)
        const shifted = await watchShifts(page)
        await page.goto('/')
        await expect(cards(page).first()).toBeAttached()
        await page.evaluate(() => document.fonts.ready)
        if (name === 'without WebGL') await expect(page.getByText('The map cannot be drawn').first()).toBeVisible()
        await page.waitForTimeout(3_000)
        expect(await shifted()).toBeLessThanOrEqual(MAX_LAYOUT_SHIFT)
      })
    }
  }
})

test('nothing covers the map but its own controls, also on narrow phones', async ({ page }) => {
  for (const { width, height } of [
    { width: 360, height: 640 },
    { width: 320, height: 568 },
  ]) {
    await page.setViewportSize({ width, height })
    await page.goto('/')
    await expect(cards(page).first()).toBeAttached()
    const strip = await page.locator('details').first().boundingBox()
    expect(strip?.height).toBeLessThanOrEqual(40)
    // Between the header and the panel, a tap hits the map.
    const covered = await page.evaluate(() => {
      const from = document.querySelector('.shell-top')?.getBoundingClientRect().bottom ?? 0
      const to = document.querySelector('.panel')?.getBoundingClientRect().top ?? 0
      const others: string[] = []
      for (let y = from + 2; y < to - 30; y += 6) {
        const hit = document.elementFromPoint(20, y)
        if (hit?.closest('.shell-map') === null) others.push(`${y}: ${hit.className}`)
      }
      return { room: to - from, others }
    })
    expect(covered.others).toEqual([])
    expect(covered.room).toBeGreaterThan(100)
  }
})

test('Escape closes a zone and focuses its card, as does the back button', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).nth(4)).toBeAttached()
  const link = cards(page).nth(4).getByRole('link')
  const id = await link.getAttribute('data-zone')
  await link.click()
  await expect(page.getByRole('heading', { name: 'Recent reports' })).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/\/zones\//)
  const card = page.locator(`main article [data-zone="${id}"]`)
  await expect(card).toBeFocused()
  await expect(card).toBeInViewport()

  await card.press('Enter')
  await expect(page.getByRole('heading', { name: 'Recent reports' })).toBeAttached()
  // Escape in a text field keeps its value and the zone.
  await page.getByRole('button', { name: 'Something is different here' }).click()
  await page.getByRole('button', { name: 'Spaces', exact: true }).click()
  await page.getByLabel('Number of spaces').fill('7')
  await page.getByLabel('Number of spaces').press('Escape')
  await expect(page.getByLabel('Number of spaces')).toHaveValue('7')
  await page.goBack()
  await expect(card).toBeFocused()
})

async function setPosition(page: Page, { url }: Service): Promise<{ lat: number; lng: number }> {
  const { start } = await (await fetch(`${url}/v1/app-config`)).json()
  const place = { lat: start.lat + 0.001234, lng: start.lng + 0.002345 }
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ latitude: place.lat, longitude: place.lng, accuracy: 8 })
  return place
}

test('no address reveals the rider’s position, and back and reload restore the list', async ({
  page,
  service,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Firefox under WebDriver BiDi cannot be given a position')
  const place = await setPosition(page, service)
  const addresses: string[] = []
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  await page.goto('/')
  await page.getByRole('button', { name: 'Near me' }).click()
  await expect(page.getByRole('heading', { name: 'Near you' })).toBeVisible()
  await expect(page).toHaveURL(/[?&]lat=/)
  const first = await cards(page).first().getByRole('link').getAttribute('data-zone')

  await openFirstZone(page)
  expect(new URL(page.url()).search).not.toMatch(/lat|lng|z=/)
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Near you' })).toBeVisible()
  await expect(cards(page).first().getByRole('link')).toHaveAttribute('data-zone', first ?? '')
  await expect(page).toHaveURL(/[?&]lat=/)
  await page.reload()
  await expect(cards(page).first().getByRole('link')).toHaveAttribute('data-zone', first ?? '')

  await page.getByRole('link', { name: 'Where to try first' }).click()
  await expect(page.locator('[data-stop]').first()).toBeVisible()
  addresses.push(page.url())
  await page.locator('[data-stop]').first().click()
  await expect(sheetTitle(page)).toBeVisible()
  addresses.push(page.url())
  for (const address of addresses) {
    for (const exact of [place.lat, place.lng]) expect(address).not.toContain(exact.toFixed(4))
    // Three decimals are about a hundred metres.
    expect(decodeURIComponent(address)).not.toMatch(/(?:lat|lng|to)=[^&]*\.\d{4}/)
  }
})
