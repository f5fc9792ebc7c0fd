import { AxeBuilder } from '@axe-core/playwright'
import type { PlanBody } from '@kickstand/contract'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards } from '../page-parts.ts'

test.use({ webgl: false })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const tryFirst = (page: Page): Locator => page.getByRole('link', { name: 'Where to try first' })
const stops = (page: Page): Locator => page.locator('[data-stop]')
const better = (page: Page): Locator => page.getByRole('button', { name: 'Use the better order' })
const wasFull = (page: Page): Locator => page.getByRole('button', { name: 'It was full' })
const parkedHere = (page: Page): Locator => page.getByRole('button', { name: 'Parked here' })

async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

function shownIds(page: Page): Promise<(string | undefined)[]> {
  return stops(page).evaluateAll((links) =>
    links.map((link) => (link instanceof HTMLElement ? link.dataset['stop'] : '')),
  )
}

/** Changes the server's plan to what the test needs, because the demo town keeps changing. */
async function changePlan(page: Page, change: (plan: PlanBody) => void): Promise<void> {
  await page.route('**/v1/plan?*', async (route) => {
    const answer = await route.fetch()
    const plan: PlanBody = await answer.json()
    change(plan)
    await route.fulfill({ response: answer, json: plan })
  })
}

/** Counts the reports sent from now on. A report sent again with the same key counts once. */
function reportsSent(page: Page): () => number {
  const keys = new Set<string | undefined>()
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/reports')) {
      keys.add(request.headers()['idempotency-key'])
    }
  })
  return () => keys.size
}

test('the list leads to a plan: stops in order, with chance, minutes and the next stop', async ({ page }) => {
  await changePlan(page, ({ stops: all }) => {
    for (const stop of all) stop.zone.simulated = false
    const [first, second] = all
    if (first) Object.assign(first, { chance: 0.82, chanceKnown: true, walkSeconds: 240, rideSeconds: 180 })
    if (second) Object.assign(second, { rideMetres: 203, rideSeconds: 70 })
  })
  await page.goto('/')
  const asked = page.waitForRequest('**/v1/plan?*')
  await tryFirst(page).click()
  expect(new URL((await asked).url()).searchParams.get('vehicle')).toBe('motorcycle')
  await expect(page.getByRole('heading', { level: 2, name: 'Where to try first' })).toBeFocused()
  await expect(
    page.getByText(/^82% chance at the first stop, 4 mins walk; if it is full, 200 m to the next/).first(),
  ).toBeVisible()
  expect(await stops(page).count()).toBeGreaterThan(1)
  const first = page
    .getByRole('listitem')
    .filter({ has: stops(page) })
    .first()
  await expect(first).toContainText('82% chance of a space')
  await expect(first).toContainText('3 mins ride · 4 mins walk')
  await expect(first).toContainText(/Plenty free|Some free|Few free|Full|Not known/)
  await expect(page.getByText('If full: 200 m to the next, 1 min ride')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Directions' })).toHaveCount(1)
  for (const button of [...(await wasFull(page).all()), ...(await parkedHere(page).all())])
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56)

  // The address holds the plan: it can be reloaded, and back leads to the list.
  const ids = await shownIds(page)
  await page.reload()
  await expect(stops(page)).toHaveCount(ids.length)
  await page.goBack()
  await expect(cards(page).first()).toBeVisible()
})

test('a full stop is reported and left out; back and undo restore it', async ({ page }) => {
  await page.goto('/')
  await tryFirst(page).click()
  await expect(stops(page).first()).toBeVisible()
  const sent = reportsSent(page)
  const [id = ''] = await shownIds(page)
  const planned = page.waitForResponse((one) => new URL(one.url()).searchParams.get('full') === id)
  await wasFull(page).first().dblclick()
  // The message stays while the pointer is on it.
  await page.getByRole('button', { name: 'Undo' }).hover()
  const plan: PlanBody = await (await planned).json()
  expect(plan.stops.map(({ zone }) => zone.id)).not.toContain(id)
  await expect(page).toHaveURL(new RegExp(`[?&]full=${id}(?:&|$)`))
  await expect(page.getByText('1 place that you found full is left out.')).toBeVisible()
  await expect(page.locator(`[data-stop="${id}"]`)).toHaveCount(0)
  await expect(page.getByText('Thank you. Reported: Full.')).toBeVisible()
  expect(sent()).toBe(1)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
  await expect(page).not.toHaveURL(/[?&]full=/)
  await expect(stops(page).first()).toBeVisible()

  await wasFull(page).first().click()
  await expect(page).toHaveURL(/[?&]full=/)
  await page.reload()
  await expect(page.getByText('1 place that you found full is left out.')).toBeVisible()
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page).not.toHaveURL(/[?&]full=/)
  await page.goBack()
  await expect(page).toHaveURL(/[?&]full=/)
})

test('parking is reported once, also on a double tap or a reload', async ({ page }) => {
  await page.goto('/')
  await tryFirst(page).click()
  await expect(stops(page).first()).toBeVisible()
  const sent = reportsSent(page)
  const [id = ''] = await shownIds(page)
  await parkedHere(page).first().dblclick()
  await expect(page.getByText(/^You are parked: /)).toBeVisible()
  await expect(page.getByText('You reported: Parked')).toBeVisible()
  await page.reload()
  await expect(page.getByText(/^You are parked: /)).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`[?&]parked=${id}(?:&|$)`))
  expect(sent()).toBe(1)
  await page.getByRole('main').getByRole('link', { name: 'All zones' }).last().click()
  await expect(cards(page).first()).toBeVisible()
  await expect(page).not.toHaveURL(/[?&](?:to|parked)=/)
})

test('a better order is offered and not applied by itself', async ({ page }) => {
  let isReversed = false
  await changePlan(page, (plan) => {
    plan.stops.sort((a, b) => (a.zone.id < b.zone.id === isReversed ? 1 : -1))
  })
  await page.goto('/')
  await tryFirst(page).click()
  await expect(stops(page).nth(1)).toBeVisible()
  await expect(better(page)).toBeHidden()
  const before = await shownIds(page)
  const place = await wasFull(page).first().boundingBox()
  isReversed = true
  await expect(better(page)).toBeVisible({ timeout: 25_000 })
  expect(await shownIds(page)).toEqual(before)
  expect(await wasFull(page).first().boundingBox()).toEqual(place)
  await better(page).click()
  await expect.poll(() => shownIds(page)).not.toEqual(before)
  await expect(better(page)).toBeHidden()
})

test('without data the plan has no figures', async ({ page }) => {
  await changePlan(page, (plan) => {
    for (const stop of plan.stops) {
      const reasons = [{ code: 'chance-unknown', chance: 0.4, metres: null, seconds: 60 }] as const
      Object.assign(stop, { chanceKnown: false, chance: 0.4, reasons })
      Object.assign(stop.zone.availability, { state: 'unknown', chance: null, expectedFree: null })
    }
  })
  await page.goto('/')
  await tryFirst(page).click()
  await expect(page.getByText('No reports here yet, so the nearest places come first.').first()).toBeVisible()
  await expect(page.getByText('No reports from here yet.').first()).toBeVisible()
  expect(await page.getByRole('list').last().innerText()).not.toMatch(/%/)
})

test('offline the plan shows a message and the nearest saved zones', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await page.route(/\/v1\/(plan|zones)/, (route) => route.abort('internetdisconnected'))
  await tryFirst(page).click()
  await expect(page.getByText('A plan needs a connection')).toBeVisible()
  await expect(cards(page)).not.toHaveCount(0)
  await expect(wasFull(page).first()).toBeVisible()
  // Tapped while still offline: online the page retries by itself, and the button may disappear first.
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.unroute(/\/v1\/(plan|zones)/)
  await expect(stops(page).first()).toBeVisible()
  // Offline during a plan, the remaining stops stay.
  await page.route(/\/v1\/plan/, (route) => route.abort('internetdisconnected'))
  const [, second] = await shownIds(page)
  await wasFull(page).first().click()
  await expect(page.getByText('No connection. This is the rest of your last plan.')).toBeVisible()
  await expect(stops(page).first()).toHaveAttribute('data-stop', second ?? '')
})

test('a zone opened from the plan leads back to it', async ({ page }) => {
  await page.goto('/')
  await tryFirst(page).click()
  await stops(page).first().click()
  await expect(page).toHaveURL(/\/zones\/.*[?&]to=/)
  await page.getByRole('main').getByRole('link', { name: 'Where to try first' }).click()
  await expect(stops(page).first()).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the plan has no axe violations, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/')
    await tryFirst(page).click()
    await expect(stops(page).first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await wasFull(page).first().click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expect(stops(page).first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
  })
}

for (const [what, width, fontSize] of [
  ['on a small phone', 320, '100%'],
  ['with text at 200 %', 412, '200%'],
] as const) {
  test(`the plan fits ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.goto('/')
    await page.addStyleTag({ content: `html { font-size: ${fontSize} }` })
    await tryFirst(page).click()
    await expect(stops(page).first()).toBeVisible()
    const overflow = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.panel-scroll')].map(
        (box) => box.scrollWidth - box.clientWidth,
      ),
    )
    expect(overflow).toEqual([0, 0])
  })
}
