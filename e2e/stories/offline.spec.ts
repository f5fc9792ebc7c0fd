import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@kickstand/testkit'
import type { Page } from '@playwright/test'
import { expect, startService, test } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle, waitingEntries } from './page-parts.ts'

test.use({ serviceWorkers: 'allow' })
test.setTimeout(180_000)

/** The worker comes after all that is seen, and fetches the whole page once more. */
const KEPT_WITHIN = 30_000

/** Waits until the page would open without a network: the worker has it, and the zones are written down. */
async function untilKept(page: Page): Promise<void> {
  const isTaken = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  await expect.poll(isTaken, { timeout: KEPT_WITHIN }).toBe(true)
  await expect.poll(() => page.evaluate(countKnown), { timeout: KEPT_WITHIN }).toBeGreaterThan(5)
}

/** Runs in the page. */
function countKnown(): Promise<number> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('kickstand')
    open.addEventListener('error', () => reject(new Error('the store cannot be opened')))
    open.addEventListener('success', () => {
      const count = open.result.transaction('zones').objectStore('zones').count()
      count.addEventListener('success', () => {
        open.result.close()
        resolve(count.result)
      })
    })
  })
}

/** Runs in the page: makes all that is known older by so many milliseconds. */
function ageKnown(by: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('kickstand')
    open.addEventListener('error', () => reject(new Error('the store cannot be opened')))
    open.addEventListener('success', () => {
      const tx = open.result.transaction('zones', 'readwrite')
      const zones = tx.objectStore('zones')
      const all = zones.getAll()
      all.addEventListener('success', () => {
        for (const known of all.result) zones.put({ ...known, at: known.at - by })
      })
      tx.addEventListener('complete', () => {
        open.result.close()
        resolve()
      })
    })
  })
}

test('without a network the last known state is there, and a report made meanwhile is sent once when it is back', async ({
  page,
  context,
  request,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-offline-'))
  const settings = {
    KICKSTAND_PORT: String(await freePort()),
    KICKSTAND_DATABASE_URL: `sqlite:${path.join(folder, 'kickstand.db')}`,
  }
  let service = await startService(settings)
  try {
    await page.goto(service.url)
    await expect(cards(page).first()).toBeVisible()
    await untilKept(page)
    const first = await cards(page).first().getByRole('link').innerText()

    await context.setOffline(true)
    await service.stop()
    await page.reload()
    await expect(cards(page).first().getByRole('link')).toHaveText(first)
    await expect(page.getByText(/No connection\. Last known state, (just now|\d+ \w+ ago)\./)).toBeVisible()

    // Nobody has heard of the street for an hour: what was told of it then is not known any more.
    await page.evaluate(ageKnown, 61 * 60_000)
    await page.reload()
    await expect(page.getByText(/Last known state, 6\d mins ago\./)).toBeVisible()
    expect(await cards(page).count()).toBeGreaterThan(5)
    await expect(cards(page).filter({ hasText: 'Not known' })).toHaveCount(await cards(page).count())

    const name = await openFirstZone(page)
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByRole('button', { name: 'Full, no space free' }).click()
    await expect(page.getByText('You reported: Full · will be sent')).toBeVisible()
    await page.reload()
    await expect(sheetTitle(page)).toHaveText(name)
    await expect(page.getByText(/1 report will be sent/)).toBeVisible()
    const [kept] = await waitingEntries(page)
    if (kept === undefined) throw new Error('nothing is kept')

    service = await startService(settings)
    await context.setOffline(false)
    await expect(page.getByText('Connected again. Your report was sent.')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(/No connection/)).toHaveCount(0, { timeout: 30_000 })
    await expect.poll(() => waitingEntries(page)).toEqual([])
    const { reports } = await (await request.get(`${service.url}/v1/zones/${id}/reports`)).json()
    const same = reports.filter(
      (one: { observedAt: string }) => Date.parse(one.observedAt) === Date.parse(kept.input.observedAt),
    )
    expect(same).toHaveLength(1)
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

test('a new version of the page waits until the rider loads it', async ({ page, service, request }) => {
  let isNew = false
  // In front of the real server: the worker of the next version differs from this one.
  const proxy = createServer((asked, answer) => {
    const { method, url = '/' } = asked
    const isWorker = url === '/sw.js'
    const headers = isWorker ? {} : asked.headers
    const through = ask(service.url + url, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, isWorker ? { 'content-type': 'text/javascript' } : got.headers)
      if (isWorker && isNew) answer.write('// The next version.\n')
      got.pipe(answer)
    })
    through.on('error', () => answer.destroy())
    asked.pipe(through)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
  try {
    await page.goto(`http://127.0.0.1:${port}`)
    await untilKept(page)
    await page.reload()
    await expect(cards(page).first()).toBeVisible()
    await expect(page.getByText('A new version is ready.')).toHaveCount(0)
    const asPage = { headers: { accept: 'text/html,*/*' } }
    for (const file of ['/', '/sw.js', '/manifest.webmanifest']) {
      expect((await request.get(file, asPage)).headers()['cache-control'], file).toBe('no-cache')
    }
    const { icons } = await (await request.get('/manifest.webmanifest')).json()
    for (const { src, type } of icons) expect((await request.get(src)).headers()['content-type']).toContain(type)

    isNew = true
    await page.reload()
    await expect(page.getByText('A new version is ready.')).toBeVisible()
    await page.reload()
    const load = page.getByRole('button', { name: 'Update' })
    await expect(load).toBeVisible()
    const loaded = page.waitForEvent('load')
    await load.click()
    await loaded
    await expect(cards(page).first()).toBeVisible()
    await page.waitForTimeout(1_000)
    await expect(page.getByText('A new version is ready.')).toHaveCount(0)
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
})
