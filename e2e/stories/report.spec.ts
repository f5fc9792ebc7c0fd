import { expect, test } from '../fixtures.ts'
import { openFirstZone, recentReports, sheetTitle, waitingEntries } from './page-parts.ts'

/** From the tap of one rider to the other's screen, painting included. */
const SOON = 2_500

test('a report of one rider appears in front of another by itself', async ({ page, browser, service }) => {
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
  // The stream's first message has been taken when the figures of the town have had a moment.
  await watching.waitForTimeout(1_000)

  const answer = page.waitForResponse((response) => response.url().endsWith('/v1/reports') && response.status() === 201)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  const { report } = await (await answer).json()
  // Simulated riders report here too: it is this very report that must come.
  await expect(watching.locator(`[data-report="${report.id}"]`)).toContainText('Full', { timeout: SOON })
  await expect(page.getByText('You reported: Full')).toBeVisible()
  expect(loads()).toBe(0)
  await other.close()
})

test('a mis-tap is taken back within five seconds and counts nothing', async ({ page, request }) => {
  await page.goto('/')
  await openFirstZone(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const mine = page.waitForResponse((response) => response.url().endsWith('/v1/reports') && response.status() === 201)
  await page.getByRole('button', { name: 'Few spaces free' }).click()
  const { report } = await (await mine).json()
  const asked: string[] = []
  page.on('request', (one) => asked.push(`${one.method()} ${new URL(one.url()).pathname}`))
  // A double tap, as with gloves.
  await page.getByRole('button', { name: 'Undo' }).dblclick()
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
  await expect(page.getByText('You reported: Few')).toHaveCount(0)
  const { reports } = await (await request.get(`/v1/zones/${id}/reports`)).json()
  expect(reports.map((one: { id: string }) => one.id)).not.toContain(report.id)
  await expect.poll(() => asked).toContain(`GET /v1/zones/${id}`)
  expect(asked).toContain(`GET /v1/zones/${id}/reports`)
  expect(asked.filter((one) => one === `DELETE /v1/reports/${report.id}`)).toHaveLength(1)
})

test('reading leaves no trace: no key and no cookie before the first report', async ({ page, context }) => {
  await page.goto('/')
  await openFirstZone(page)
  const key = () => page.evaluate(() => localStorage.getItem('kickstand.device-key'))
  expect(await key()).toBeNull()
  await page.getByRole('button', { name: 'I parked' }).click()
  await expect(page.getByText('You reported: Parked')).toBeVisible()
  // The card shows the report at once; the key is made when the report is sent.
  await expect.poll(async () => (await key()) ?? '').toMatch(/^[\w-]{43}$/)
  expect(await context.cookies()).toEqual([])
})

test('bikes are counted and sent as a count', async ({ page }) => {
  await page.goto('/')
  await openFirstZone(page)
  await page.getByRole('button', { name: 'Count the bikes' }).click()
  const field = page.getByLabel('Bikes you see')
  await field.press('ControlOrMeta+a')
  await field.pressSequentially('2')
  await expect(page.getByRole('button', { name: 'Report 2 bikes' })).toBeVisible()
  await page.getByRole('button', { name: 'One more' }).click()
  const answer = page.waitForResponse((response) => response.url().endsWith('/v1/reports') && response.status() === 201)
  await page.getByRole('button', { name: 'Report 3 bikes' }).click()
  expect(await (await answer).json()).toMatchObject({ report: { kind: 'count', count: 3 } })
  await expect(page.getByText('You reported: 3 bikes counted')).toBeVisible()
})

test('a problem is named in two taps', async ({ page }) => {
  await page.goto('/')
  await openFirstZone(page)
  await page.getByRole('button', { name: 'Problem…' }).click()
  await page.getByRole('button', { name: 'Markings faded' }).click()
  await expect(page.getByText('You reported: Markings faded')).toBeVisible()
  await expect(recentReports(page).getByText('Problem: markings faded').first()).toBeVisible()
})

test('a report without a network is kept over a reload and sent once when there is one', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/')
  await openFirstZone(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  await context.route('**/v1/reports', (route) => route.abort('internetdisconnected'))
  await page.getByRole('button', { name: 'Some spaces free' }).click()
  await expect(page.getByText('You reported: Some · will be sent')).toBeVisible()
  await expect(page.getByText(/1 report will be sent/)).toBeVisible()
  const [kept] = await waitingEntries(page)
  if (kept === undefined) throw new Error('nothing is kept')
  await context.unroute('**/v1/reports')
  const sent = page.waitForRequest((one) => one.url().endsWith('/v1/reports') && one.method() === 'POST')
  await page.reload()
  expect((await sent).headers()['idempotency-key']).toBe(kept.key)
  await expect.poll(() => waitingEntries(page)).toEqual([])
  const { reports } = await (await request.get(`/v1/zones/${id}/reports`)).json()
  const same = reports.filter(
    (one: { observedAt: string }) => Date.parse(one.observedAt) === Date.parse(kept.input.observedAt),
  )
  expect(same).toHaveLength(1)
})

/** How often the page was loaded anew since now. */
function countLoads(page: import('@playwright/test').Page): () => number {
  let loads = 0
  page.on('load', () => (loads += 1))
  return () => loads
}
