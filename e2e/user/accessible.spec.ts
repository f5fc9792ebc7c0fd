import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle } from '../page-parts.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the list and a zone have no axe violations, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/')
    await expect(cards(page).first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await openFirstZone(page)
    await page.getByRole('button', { name: 'Problem…' }).click()
    await page.getByRole('button', { name: 'Few spaces free' }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
  })
}

for (const [what, width, fontSize] of [
  ['on a small phone', 320, '100%'],
  ['with text at 200 %', 412, '200%'],
] as const) {
  test(`nothing scrolls sideways ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.goto('/')
    await page.addStyleTag({ content: `html { font-size: ${fontSize} }` })
    await expect(cards(page).first()).toBeVisible()
    const overflow = () =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.panel-scroll')].map(
          (box) => box.scrollWidth - box.clientWidth,
        ),
      )
    expect(await overflow()).toEqual([0, 0])
    await openFirstZone(page)
    expect(await overflow()).toEqual([0, 0])
  })
}

test('the keyboard alone opens a zone, reports and returns to the list', async ({ page }) => {
  await page.goto('/')
  const link = cards(page).first().getByRole('link')
  await expect(link).toBeVisible()
  const name = await link.innerText()
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(sheetTitle(page)).toHaveText(name)
  await expect(sheetTitle(page)).toBeFocused()
  await expect(page.getByRole('button', { name: 'Few spaces free' })).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^You reported: /)).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(cards(page).first()).toBeVisible()
})

test('the arrow keys change the height of the panel', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  const panel = page.getByRole('region', { name: 'Zones', exact: true })
  const height = async () => (await panel.boundingBox())?.height ?? 0
  const half = await height()
  await page.getByRole('button', { name: 'Make the list taller' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(height).toBeGreaterThan(half + 100)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect.poll(height).toBeLessThan(half - 100)
})

test('the theme follows the system until the rider chooses one, and the choice is stored', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const day = await background()
  await page.getByRole('button', { name: 'Switch to dark mode' }).click()
  await expect.poll(background).not.toBe(day)
  const night = await background()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Switch to light mode' })).toBeVisible()
  expect(await background()).toBe(night)
})
