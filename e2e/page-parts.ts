import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** The cards of the list, nearest first. */
export function cards(page: Page): Locator {
  return page
    .getByRole('main')
    .getByRole('article')
    .filter({ has: page.locator('[data-zone]') })
}

export function sheetTitle(page: Page): Locator {
  return page.getByRole('main').getByRole('article').getByRole('heading', { level: 2 })
}

/** Opens the first zone of the list. Returns its name. */
export async function openFirstZone(page: Page): Promise<string> {
  const link = cards(page).first().getByRole('link')
  await expect(link).toBeVisible()
  const name = await link.innerText()
  await link.click()
  await expect(sheetTitle(page)).toHaveText(name)
  return name
}

/** The reports of the opened zone, newest first. */
export function recentReports(page: Page): Locator {
  return page
    .getByRole('region')
    .or(page.locator('section'))
    .filter({ has: page.getByRole('heading', { name: 'Recent reports' }) })
    .last()
}

export type WaitingEntry = {
  readonly key: string
  readonly input: { readonly zoneId: string; readonly observedAt: string }
}

/** The entries of an outbox in this browser: the outbox of reports by default. */
export function waitingEntries(page: Page, storedAs = 'kickstand.outbox'): Promise<WaitingEntry[]> {
  return page.evaluate(
    (prefix) =>
      Object.entries(localStorage).flatMap(([name, text]) => (name.startsWith(prefix) ? [JSON.parse(text)] : [])),
    `${storedAs}.`,
  )
}
