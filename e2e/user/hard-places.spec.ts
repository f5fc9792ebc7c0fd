import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

test.setTimeout(120_000)

/** Reports that the first zone is full and undoes the report. */
async function reportAndUndo(page: Page): Promise<void> {
  await openFirstZone(page)
  const created = page.waitForResponse((answer) => answer.url().endsWith('/v1/reports') && answer.status() === 201)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  // The toast stays while it has the focus.
  await page.getByRole('button', { name: 'Undo' }).focus()
  const { report } = await (await created).json()
  await expect(page.getByText('You reported: Full')).toBeVisible()
  const deleted = page.waitForResponse((answer) => answer.url().endsWith(`/v1/reports/${report.id}`))
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await deleted).status()).toBe(204)
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
}

test('a report works after the storage has become full', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await page.evaluate(() => {
    function full(): never {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
    Storage.prototype.setItem = full
    IDBObjectStore.prototype.put = full
    IDBObjectStore.prototype.add = full
  })
  await reportAndUndo(page)
})

test('a report works over plain http, which has no randomUUID and no locks', async ({ page, service }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
    Reflect.deleteProperty(Navigator.prototype, 'locks')
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  })
  await page.goto(service.url)
  expect(await page.evaluate(() => 'randomUUID' in crypto || 'locks' in navigator)).toBe(false)
  await reportAndUndo(page)
})

test('the page works in the oldest browsers of its build targets', async ({ page }) => {
  // APIs that Safari 16.4, Chrome 111 or Firefox 115 lack.
  await page.addInitScript(() => {
    const missing: readonly (readonly [object, readonly string[]])[] = [
      [AbortSignal, ['any']],
      [Promise, ['withResolvers', 'try']],
      [Object, ['groupBy']],
      [Map, ['groupBy']],
      [Array, ['fromAsync']],
      [URL, ['canParse', 'parse']],
      [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf']],
      [
        Object.getPrototypeOf(Object.getPrototypeOf([].values())),
        ['map', 'filter', 'take', 'drop', 'toArray', 'some', 'every', 'find', 'flatMap', 'reduce'],
      ],
      [Document.prototype, ['startViewTransition']],
      [Navigator.prototype, ['userActivation', 'wakeLock']],
    ]
    for (const [owner, names] of missing) for (const name of names) Reflect.deleteProperty(owner, name)
    for (const name of ['requestIdleCallback', 'scheduler', 'navigation']) Reflect.deleteProperty(window, name)
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto('/')
  expect(await page.evaluate(() => 'any' in AbortSignal)).toBe(false)
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await reportAndUndo(page)
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  await page.getByRole('link', { name: 'Where to try first' }).click()
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  expect(errors).toEqual([])
})
