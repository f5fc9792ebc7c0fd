import { expect, test } from '../fixtures.ts'
import { openFirstZone, recentReports, waitingEntries } from '../page-parts.ts'

test.use({ webgl: false })

test('a mistaken report is undone within five seconds and does not count', async ({ page, request }) => {
  await page.goto('/')
  await openFirstZone(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const mine = page.waitForResponse((response) => response.url().endsWith('/v1/reports') && response.status() === 201)
  await page.getByRole('button', { name: 'Few spaces free' }).click()
  const { report } = await (await mine).json()
  const requests: string[] = []
  page.on('request', (one) => requests.push(`${one.method()} ${new URL(one.url()).pathname}`))
  // A double tap, as with gloves.
  await page.getByRole('button', { name: 'Undo' }).dblclick()
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
  await expect(page.getByText('You reported: Few')).toHaveCount(0)
  const { reports } = await (await request.get(`/v1/zones/${id}/reports`)).json()
  expect(reports.map((one: { id: string }) => one.id)).not.toContain(report.id)
  await expect.poll(() => requests).toContain(`GET /v1/zones/${id}`)
  expect(requests).toContain(`GET /v1/zones/${id}/reports`)
  expect(requests.filter((one) => one === `DELETE /v1/reports/${report.id}`)).toHaveLength(1)
})

test('an undo without a network takes the report off the page at once, and it does not count', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/')
  await openFirstZone(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  await expect(page.getByText('You reported: Full · will be sent')).toBeVisible()
  const [entry] = await waitingEntries(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
  await expect(page.getByText(/You reported: Full/)).toHaveCount(0)
  await expect(page.getByText(/will be sent/)).toHaveCount(0)

  await context.setOffline(false)
  await expect.poll(() => waitingEntries(page), { timeout: 30_000 }).toEqual([])
  await expect(page.getByText('Connected again. Your report was sent.')).toHaveCount(0)
  const { reports } = await (await request.get(`/v1/zones/${id}/reports`)).json()
  expect(reports.map((one: { observedAt: string }) => Date.parse(one.observedAt))).not.toContain(
    Date.parse(entry?.input.observedAt ?? ''),
  )
})

test('without a report the page stores no key and no cookie', async ({ page, context }) => {
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

test('a problem is reported in two taps', async ({ page }) => {
  await page.goto('/')
  await openFirstZone(page)
  await page.getByRole('button', { name: 'Problem…' }).click()
  await page.getByRole('button', { name: 'Markings faded' }).click()
  await expect(page.getByText('You reported: Markings faded')).toBeVisible()
  await expect(recentReports(page).getByText('Problem: markings faded').first()).toBeVisible()
})

test('a report made offline survives a reload and is sent once when the network is back', async ({
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
  const [entry] = await waitingEntries(page)
  if (entry === undefined) throw new Error('The outbox is empty; expected the report that was made offline.')
  await context.unroute('**/v1/reports')
  const sent = page.waitForRequest((one) => one.url().endsWith('/v1/reports') && one.method() === 'POST')
  await page.reload()
  expect((await sent).headers()['idempotency-key']).toBe(entry.key)
  await expect.poll(() => waitingEntries(page)).toEqual([])
  const { reports } = await (await request.get(`/v1/zones/${id}/reports`)).json()
  const same = reports.filter(
    (one: { observedAt: string }) => Date.parse(one.observedAt) === Date.parse(entry.input.observedAt),
  )
  expect(same).toHaveLength(1)
})
