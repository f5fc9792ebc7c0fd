import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { openFirstZone, sheetTitle } from '../page-parts.ts'

test.use({ webgl: false })

/** From one rider's tap to the other rider's screen, including rendering. */
const MAX_LATENCY_MS = 2_500

test('a report of one rider appears on the screen of another without a reload', async ({ page, browser, service }) => {
  await page.goto('/')
  const name = await openFirstZone(page)
  const other = await browser.newContext({ baseURL: service.url })
  const watching = await other.newPage()
  await watching.goto(page.url())
  await expect(sheetTitle(watching)).toHaveText(name)
  await expect(
    watching
      .getByText('Live', { exact: true })
      .or(watching.getByRole('group', { name: /How full/ }))
      .first(),
  ).toBeVisible()
  const loads = countLoads(watching)
  // Waits until the first message of the stream has been processed.
  await watching.waitForTimeout(1_000)

  const answer = page.waitForResponse((response) => response.url().endsWith('/v1/reports') && response.status() === 201)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  const { report } = await (await answer).json()
  // Simulated riders report here too, so the test looks for this report's id.
  await expect(watching.locator(`[data-report="${report.id}"]`)).toContainText('Full', { timeout: MAX_LATENCY_MS })
  await expect(page.getByText('You reported: Full')).toBeVisible()
  expect(loads()).toBe(0)
  await other.close()
})

/** Counts the page loads from now on. */
function countLoads(page: Page): () => number {
  let loads = 0
  page.on('load', () => (loads += 1))
  return () => loads
}
