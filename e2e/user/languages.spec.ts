import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

test.use({ webgl: false })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Words of English texts that no German or Arabic text has. */
const ENGLISH = /\b(Report|Filters|Plenty|Some free|Few free|Near|walk|ago|spaces|Likely|Clear|Undo|Source|Licence)\b/

/** How far the page and its panel scroll sideways, and texts that are cut off. */
async function expectAllVisible(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('.panel-scroll')]
    const sideways = boxes.map((box) => box.scrollWidth - box.clientWidth).filter((over) => over > 0)
    const cut = [
      ...document.querySelectorAll<HTMLElement>('main button, main label, main p, main h2, main h3, main dd'),
    ]
      .filter((box) => box.checkVisibility() && !box.closest('.sr-only, .zone-buttons, [aria-hidden="true"]'))
      // Text for screen readers alone has no room of its own.
      .filter((box) => box.querySelector('.sr-only') === null)
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline')
      .map((box) => box.innerText)
    return { sideways, cut }
  })
  expect(found).toEqual({ sideways: [], cut: [] })
}

async function expectNoAxeViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  )
}

for (const [language, dir, locale, filters, ask] of [
  ['de', 'ltr', 'de-AT', /^Filter · Motorrad$/, 'Wie voll ist es gerade?'],
  ['ar', 'rtl', 'ar-EG', /^التصفية · /, 'ما مدى الامتلاء الآن؟'],
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('list, filters, zone and plan are in that language, and nothing is cut off at 320 px', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto('/')
      await expect(cards(page).first()).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.locator('html')).toHaveAttribute('dir', dir)
      await page.getByRole('button', { name: filters }).click()
      await expect(page.getByRole('combobox').first()).toBeVisible()
      await expectAllVisible(page)
      await expectNoAxeViolations(page)
      expect(await page.locator('.panel-scroll').innerText()).not.toMatch(ENGLISH)

      await openFirstZone(page)
      await expect(page.getByRole('heading', { name: ask })).toBeVisible()
      await page.locator('section[aria-label] h3, main section h3').last().scrollIntoViewIfNeeded()
      await expectAllVisible(page)
      await expectNoAxeViolations(page)

      await page.goto('/')
      await page.locator('a[href^="/plan"]').click()
      await expect(page.locator('[data-stop]').first()).toBeVisible()
      await expectAllVisible(page)
      expect(await page.locator('.panel-scroll').innerText()).not.toMatch(ENGLISH)
    })
  })
}

test('a rider changes the language at once, and the choice is kept', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Near me' })).toBeVisible()
  await page.getByLabel('Language').selectOption({ label: 'Deutsch' })
  await expect(page.getByRole('button', { name: 'In meiner Nähe' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.reload()
  await expect(page.getByRole('button', { name: 'In meiner Nähe' })).toBeVisible()
  await page.getByLabel('Sprache').selectOption('العربية')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
})

test('a language that could not be loaded can be chosen again', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  const language = page.getByLabel('Language')
  await expect(language).toBeVisible()
  await page.route(/\/assets\/text-[0-9a-f]+-de-/, (route) => route.abort())
  await language.selectOption({ label: 'Deutsch' })
  await expect(page.getByText('Check your connection, or try again in a minute.')).toBeVisible()
  await expect(language).toHaveValue('en')
  await page.unrouteAll()
  await language.selectOption({ label: 'Deutsch' })
  await expect(page.getByRole('button', { name: 'In meiner Nähe' })).toBeVisible()
})

test('only the texts of one language are loaded, and those of the first screen without waiting for the page', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('kickstand.language', 'de'))
  const requested: string[] = []
  page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByLabel('Sprache')).toBeVisible()
  const texts = requested.filter((file) => /\/text-[0-9a-f]+-/.test(file))
  expect(texts.every((file) => file.includes('-de-'))).toBe(true)
  expect(new Set(texts).size).toBe(3)
})

test('a language that cannot be loaded leaves the page in English', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('kickstand.language', 'de'))
  await page.route('**/assets/text-*-de-rider.js', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Near me' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
