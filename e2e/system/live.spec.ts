import { connect, createServer, type Socket } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@kickstand/testkit'
import type { Page } from '@playwright/test'
import { expect, startService, test } from '../fixtures.ts'
import { cards } from '../page-parts.ts'

test.setTimeout(180_000)

/** A TCP proxy to a server that can stall: it then drops all data and keeps the connections open. */
async function stallingProxy(url: string) {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let isStalled = false
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        if (!isStalled) to.write(bytes)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        if (!isStalled) to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    stall: () => (isStalled = true),
    resume: () => (isStalled = false),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function live(page: Page) {
  return page.getByText('Live', { exact: true })
}

test('a silent stream is not shown as live, and is reopened', async ({ page, service }) => {
  const proxy = await stallingProxy(service.url)
  try {
    await page.clock.install()
    await page.goto(proxy.url)
    await expect(cards(page).first()).toBeVisible()
    await expect(live(page)).toBeVisible()
    // The page stays live while heartbeats arrive, every 20 seconds.
    const heartbeat = page.waitForEvent('console', (message) => message.text() === 'heartbeat')
    await page.evaluate((cells) => {
      const source = new EventSource(`/v1/live?cells=${cells}`)
      // oxlint-disable-next-line no-console -- the story waits for it
      source.addEventListener('heartbeat', () => console.log('heartbeat'))
    }, '13/0/0')
    await heartbeat
    await page.clock.fastForward(20_000)
    await expect(live(page)).toBeVisible()

    proxy.stall()
    await page.clock.fastForward(26_000)
    await expect(live(page)).toHaveCount(0)
    await expect(page.getByText('Not live')).toBeVisible()
    await expect(page.getByText('Connecting…')).toHaveCount(0)

    proxy.resume()
    await page.clock.fastForward(26_000)
    await expect(live(page)).toBeVisible({ timeout: 30_000 })
  } finally {
    proxy.close()
  }
})

test('without a network the page shows one connection state, at once', async ({ page, context }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(live(page)).toBeVisible()
  await context.setOffline(true)
  await expect(live(page)).toHaveCount(0, { timeout: 3_000 })
  await expect(page.getByText(/No connection\./)).toBeVisible()
  await expect(page.getByText('Connecting…')).toHaveCount(0)
  await context.setOffline(false)
  await expect(live(page)).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText(/No connection\./)).toHaveCount(0)
})

test('after a restart of the server all visible data is fetched again', async ({ page }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-reset-'))
  const settings = {
    KICKSTAND_PORT: String(await freePort()),
    KICKSTAND_DATABASE_URL: `sqlite:${path.join(folder, 'kickstand.db')}`,
  }
  let service = await startService(settings)
  try {
    await page.goto(service.url)
    await expect(cards(page).first()).toBeVisible()
    await expect(live(page)).toBeVisible()
    await service.stop()
    service = await startService(settings)
    const again = page.waitForRequest((request) => request.url().includes('/v1/zones/nearby'), { timeout: 60_000 })
    await again
    await expect(live(page)).toBeVisible({ timeout: 40_000 })
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
