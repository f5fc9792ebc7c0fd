import { connect, createServer, type Socket } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@kickstand/testkit'
import type { Page } from '@playwright/test'
import { expect, startService, test } from '../fixtures.ts'
import { cards } from './page-parts.ts'

test.setTimeout(180_000)

/** A line to a server that can fall silent: nothing gets through any more, and nobody is told. */
async function silentLine(url: string) {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let isSilent = false
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        if (!isSilent) to.write(bytes)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        if (!isSilent) to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    fallSilent: () => (isSilent = true),
    speak: () => (isSilent = false),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function live(page: Page) {
  return page.getByText('Live', { exact: true })
}

test('a stream that falls silent is not called live, and is opened anew', async ({ page, service }) => {
  const line = await silentLine(service.url)
  try {
    await page.clock.install()
    await page.goto(line.url)
    await expect(cards(page).first()).toBeVisible()
    await expect(live(page)).toBeVisible()
    // As long as the server is heard it stays so: it speaks every 20 seconds.
    const heard = page.waitForEvent('console', (message) => message.text() === 'beat')
    await page.evaluate((cells) => {
      const source = new EventSource(`/v1/live?cells=${cells}`)
      // oxlint-disable-next-line no-console -- the story waits for it
      source.addEventListener('beat', () => console.log('beat'))
    }, '13/0/0')
    await heard
    await page.clock.fastForward(20_000)
    await expect(live(page)).toBeVisible()

    line.fallSilent()
    await page.clock.fastForward(26_000)
    await expect(live(page)).toHaveCount(0)
    await expect(page.getByText('Not live')).toBeVisible()
    await expect(page.getByText('Connecting…')).toHaveCount(0)

    line.speak()
    await page.clock.fastForward(26_000)
    await expect(live(page)).toBeVisible({ timeout: 30_000 })
  } finally {
    line.close()
  }
})

test('without a network the page says one thing of its connection, at once', async ({ page, context }) => {
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

test('after a server that kept no account of what changed, all that is in sight is asked for again', async ({
  page,
}) => {
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
