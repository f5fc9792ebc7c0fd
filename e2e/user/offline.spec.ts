import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@kickstand/testkit'
import type { Page } from '@playwright/test'
import { expect, startService, test } from '../fixtures.ts'
import { cards, openFirstZone, sheetTitle, waitingEntries } from '../page-parts.ts'

test.use({ webgl: false, serviceWorkers: 'allow' })
test.setTimeout(180_000)

/** The service worker starts last and fetches the whole page again. */
const CACHE_TIMEOUT_MS = 30_000

/** Waits until the page can open offline: the worker has cached it, and zones are saved. */
async function waitUntilCached(page: Page): Promise<void> {
  const isControlled = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  await expect.poll(isControlled, { timeout: CACHE_TIMEOUT_MS }).toBe(true)
  await expect.poll(() => page.evaluate(countSavedZones), { timeout: CACHE_TIMEOUT_MS }).toBeGreaterThan(5)
}

/** Runs in the page. */
function countSavedZones(): Promise<number> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('kickstand')
    open.addEventListener('error', () => reject(new Error('The IndexedDB database "kickstand" could not be opened.')))
    open.addEventListener('success', () => {
      const count = open.result.transaction('zones').objectStore('zones').count()
      count.addEventListener('success', () => {
        open.result.close()
        resolve(count.result)
      })
    })
  })
}

/** Runs in the page: makes all saved zones older by some milliseconds. */
function ageSavedZones(byMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('kickstand')
    open.addEventListener('error', () => reject(new Error('The IndexedDB database "kickstand" could not be opened.')))
    open.addEventListener('success', () => {
      const tx = open.result.transaction('zones', 'readwrite')
      const zones = tx.objectStore('zones')
      const all = zones.getAll()
      all.addEventListener('success', () => {
        for (const saved of all.result) zones.put({ ...saved, at: saved.at - byMs })
      })
      tx.addEventListener('complete', () => {
        open.result.close()
        resolve()
      })
    })
  })
}

test('offline the page shows saved zones, and a report made meanwhile is sent once when the network is back', async ({
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
    await waitUntilCached(page)
    const first = await cards(page).first().getByRole('link').innerText()

    await context.setOffline(true)
    await service.stop()
    await page.reload()
    await expect(cards(page).first().getByRole('link')).toHaveText(first)
    await expect(page.getByText(/No connection\. Last updated (just now|\d+ \w+ ago)\./)).toBeVisible()

    // Figures expire after an hour without an answer of the server.
    await page.evaluate(ageSavedZones, 61 * 60_000)
    await page.reload()
    await expect(page.getByText(/Last updated 6\d mins ago\./)).toBeVisible()
    expect(await cards(page).count()).toBeGreaterThan(5)
    await expect(cards(page).filter({ hasText: 'Not known' })).toHaveCount(await cards(page).count())

    const name = await openFirstZone(page)
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByRole('button', { name: 'Full, no space free' }).click()
    await expect(page.getByText('You reported: Full · will be sent')).toBeVisible()
    await page.reload()
    await expect(sheetTitle(page)).toHaveText(name)
    await expect(page.getByText(/1 report will be sent/)).toBeVisible()
    const [entry] = await waitingEntries(page)
    if (entry === undefined) throw new Error('The outbox is empty; expected the report that was made offline.')

    service = await startService(settings)
    await context.setOffline(false)
    await expect(page.getByText('Connected again. Your report was sent.')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(/No connection/)).toHaveCount(0, { timeout: 30_000 })
    await expect.poll(() => waitingEntries(page)).toEqual([])
    const { reports } = await (await request.get(`${service.url}/v1/zones/${id}/reports`)).json()
    const same = reports.filter(
      (one: { observedAt: string }) => Date.parse(one.observedAt) === Date.parse(entry.input.observedAt),
    )
    expect(same).toHaveLength(1)
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

test('a new version of the page waits until the rider loads it', async ({ page, service, request }) => {
  let isNew = false
  // A proxy in front of the real server, which can serve the worker of a newer version.
  const proxy = createServer((incoming, answer) => {
    const { method, url = '/' } = incoming
    const isWorker = url === '/sw.js'
    const headers = isWorker ? {} : incoming.headers
    const through = httpRequest(service.url + url, { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, isWorker ? { 'content-type': 'text/javascript' } : got.headers)
      if (isWorker && isNew) answer.write('// The next version.\n')
      got.pipe(answer)
    })
    through.on('error', () => answer.destroy())
    incoming.pipe(through)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
  try {
    await page.goto(`http://127.0.0.1:${port}`)
    await waitUntilCached(page)
    await page.reload()
    await expect(cards(page).first()).toBeVisible()
    await expect(page.getByText('A new version is ready.')).toHaveCount(0)
    const asNavigation = { headers: { accept: 'text/html,*/*' } }
    for (const file of ['/', '/sw.js', '/manifest.webmanifest']) {
      expect((await request.get(file, asNavigation)).headers()['cache-control'], file).toBe('no-cache')
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

test.describe('in German', () => {
  test.use({ locale: 'de-DE' })

  test('offline the page is in the language of the visit before', async ({ page, context }) => {
    await page.goto('/')
    await expect(cards(page).first()).toBeVisible()
    await waitUntilCached(page)
    const areTextsCached = () =>
      page.evaluate(async () => {
        const files = await (await caches.open('kickstand-parts')).keys()
        return files.filter(({ url }) => /\/text-[0-9a-f]+-de-/.test(url)).length
      })
    await expect.poll(areTextsCached, { timeout: CACHE_TIMEOUT_MS }).toBe(3)
    await context.setOffline(true)
    await page.reload()
    await expect(cards(page).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'In meiner Nähe' })).toBeVisible()
    await expect(page.getByText(/Keine Verbindung\. Zuletzt aktualisiert: /)).toBeVisible()
    await openFirstZone(page)
    await expect(page.getByRole('heading', { name: 'Über diesen Parkplatz' })).toBeVisible()
  })
})
