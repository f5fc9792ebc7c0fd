import type { APIRequestContext, Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { cards, sheetTitle, waitingEntries } from '../page-parts.ts'

test.use({ webgl: false })

test.setTimeout(120_000)

/** Opens a zone in a tab and waits until everything it needs offline is loaded. */
async function openZone(page: Page, id: string): Promise<void> {
  await page.goto(`/zones/${id}`)
  await expect(sheetTitle(page)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Something is different here' })).toBeVisible()
}

async function reportsAt(request: APIRequestContext, zoneId: string): Promise<string[]> {
  const { reports } = await (await request.get(`/v1/zones/${zoneId}/reports`)).json()
  return reports.map(({ observedAt }: { observedAt: string }) => new Date(observedAt).toISOString())
}

test('two offline tabs keep a report and a contribution each, and all four are sent once', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/')
  await expect(cards(page).nth(1)).toBeVisible()
  const ids = await page.locator('[data-zone]').evaluateAll((all) => all.map((one) => one.getAttribute('data-zone')))
  const other = await context.newPage()
  const tabs = [page, other] as const
  for (const [at, tab] of tabs.entries()) await openZone(tab, ids[at] ?? '')

  await context.route(/\/v1\/(reports|zones\/\w+\/contributions)$/, (route) => route.abort('internetdisconnected'))
  for (const tab of tabs) {
    await tab.bringToFront()
    await tab.getByRole('button', { name: 'Something is different here' }).click()
    await tab.getByRole('button', { name: 'Charging' }).click()
    await tab.getByRole('button', { name: 'Yes', exact: true }).click()
    await expect(tab.getByText('“Charging: Yes” is saved and will be sent.')).toBeVisible()
    await tab.getByRole('button', { name: 'Full, no space free' }).click()
    await expect(tab.getByText('You reported: Full · will be sent')).toBeVisible()
  }
  await expect.poll(() => waitingEntries(page).then((all) => all.length)).toBe(2)
  await expect.poll(() => waitingEntries(page, 'kickstand.contributions').then((all) => all.length)).toBe(2)
  await expect(page.getByText(/2 reports will be sent/)).toBeVisible()
  const entries = await waitingEntries(page)

  const posts: string[] = []
  context.on('response', (answer) => {
    const { method, headers } = { method: answer.request().method(), headers: answer.request().headers() }
    if (method === 'POST') posts.push(`${headers['idempotency-key']} ${answer.status()}`)
  })
  await context.unroute(/\/v1\/(reports|zones\/\w+\/contributions)$/)
  // Both tabs receive the event at the same moment.
  await Promise.all(tabs.map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))))
  await expect.poll(() => waitingEntries(page)).toEqual([])
  await expect.poll(() => waitingEntries(page, 'kickstand.contributions')).toEqual([])
  for (const { input } of entries) {
    const times = await reportsAt(request, input.zoneId)
    expect(times.filter((time) => time === new Date(input.observedAt).toISOString())).toHaveLength(1)
  }
  expect(posts).toHaveLength(4)
  expect(new Set(posts).size).toBe(4)
  for (const tab of tabs) await expect(tab.getByText('You reported: Full · will be sent')).toHaveCount(0)
})
