import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Service } from '../fixtures.ts'
import { cards, sheetTitle } from '../page-parts.ts'

test.use({
  webgl: false,
  settings: { KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: '0', KICKSTAND_TRUSTED_PROXIES: '127.0.0.1,::1' },
})

type Zone = { id: string; lat: number; lng: number; kind: string | null; [field: string]: unknown }

/** Zones of the demo town around the page's start position. */
async function zonesOf({ url }: Service): Promise<Zone[]> {
  const { start } = await (await fetch(`${url}/v1/app-config`)).json()
  const answer = await fetch(`${url}/v1/zones/nearby?lat=${start.lat}&lng=${start.lng}&radius=20000&limit=100`)
  return (await answer.json()).zones
}

/** Sends a contribution of another rider from another device and network. */
async function contributeAs({ url }: Service, zone: Zone, contribution: object, device: number): Promise<void> {
  const answer = await fetch(`${url}/v1/zones/${zone.id}/contributions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer another-device-of-the-story-${device}`,
      'x-forwarded-for': `93.184.${device}.7`,
    },
    body: JSON.stringify({ ...contribution, position: { lat: zone.lat, lng: zone.lng } }),
  })
  expect(answer.status).toBe(201)
}

async function open(page: Page, zone: Zone): Promise<void> {
  await page.goto(`/zones/${zone.id}`)
  await expect(sheetTitle(page)).toBeVisible()
}

function differentButton(page: Page) {
  return page.getByRole('button', { name: 'Something is different here' })
}

test('only its author sees a correction until two other riders agree, and can undo it', async ({ page, service }) => {
  const zone = (await zonesOf(service)).at(-1) as Zone
  const value = zone['charging'] !== true
  await open(page, zone)
  await differentButton(page).click()
  await page.getByRole('button', { name: 'Charging' }).click()
  await page.getByRole('button', { name: value ? 'Yes' : 'No', exact: true }).click()
  await expect(page.getByText(/Thank you\. Charging: (Yes|No)\. Only you see it until others agree\./)).toBeVisible()
  await expect(page.getByText('only you see it: 1 of 3 riders agree')).toBeVisible()
  await page.getByRole('button', { name: /^Remove: Charging/ }).click()
  await expect(page.getByText('Your change was removed.')).toBeVisible()
  await expect(page.getByText('only you see it')).toHaveCount(0)

  await page.getByRole('button', { name: 'Charging' }).click()
  await page.getByRole('button', { name: value ? 'Yes' : 'No', exact: true }).click()
  await expect(page.getByText('1 of 3 riders agree')).toBeVisible()
  for (const device of [1, 2]) await contributeAs(service, zone, { field: 'charging', value }, device)
  await page.reload()
  await expect(page.getByText('shown: enough riders agree')).toBeVisible()
  await expect.poll(async () => (await (await fetch(`${service.url}/v1/zones/${zone.id}`)).json()).charging).toBe(value)
})

test('a place that three new riders report as gone stays on the map until a moderator decides', async ({
  page,
  service,
}) => {
  const zone = (await zonesOf(service)).at(-2) as Zone
  for (const device of [3, 4]) await contributeAs(service, zone, { field: 'gone', value: true }, device)
  await open(page, zone)
  await page.context().grantPermissions(['geolocation'])
  await differentButton(page).click()
  await page.getByRole('button', { name: 'It is gone', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, it is gone' }).click()
  await expect(page.getByText('only you see it: 0 of 3 riders agree')).toBeVisible()
  expect((await fetch(`${service.url}/v1/zones/${zone.id}`)).status).toBe(200)
})

test('after a report one question is shown, answered with a tap and not shown again', async ({ page, service }) => {
  const zone = (await zonesOf(service)).find((one) => one['surveillance'] === null || one['lit'] === null) as Zone
  await open(page, zone)
  await expect(page.getByText('One small question')).toHaveCount(0)
  await page.getByRole('button', { name: 'Few spaces free' }).click()
  const question = page.getByRole('region', { name: 'One small question' })
  await expect(question).toBeVisible()
  const asked = await question.getByRole('heading').innerText()
  await question.getByRole('button', { name: 'Can’t tell' }).click()
  await expect(question).toHaveCount(0)
  await page.reload()
  await expect(sheetTitle(page)).toBeVisible()
  await page.getByRole('button', { name: 'Some spaces free' }).click()
  await expect(page.getByText(/^You reported: Some/)).toBeVisible()
  await expect(page.getByRole('heading', { name: asked })).toHaveCount(0)
})

test('a contribution made offline survives a reload and is sent once', async ({ page, service }) => {
  const zone = (await zonesOf(service)).at(-3) as Zone
  await open(page, zone)
  let isOffline = true
  const keys: string[] = []
  await page.route(`**/v1/zones/${zone.id}/contributions`, async (route) => {
    const { 'idempotency-key': key = '', authorization = '', 'content-type': type = '' } = route.request().headers()
    keys.push(key)
    // The first request reaches the server and only its answer is lost, if the browser's driver gives access to the
    // body.
    if (isOffline) {
      const body = route.request().postData()
      if (keys.length === 1 && body !== null) {
        const headers = { 'idempotency-key': key, authorization, 'content-type': type }
        const { status } = await fetch(route.request().url(), { method: 'POST', headers, body })
        expect(status).toBe(201)
      }
      return route.abort()
    }
    return route.continue()
  })
  await differentButton(page).click()
  await page.getByRole('button', { name: 'Spaces', exact: true }).click()
  await page.getByLabel('Number of spaces').pressSequentially('7')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('No connection. “Spaces: 7” is saved and will be sent.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('will be sent')).toBeVisible()
  isOffline = false
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByText('Connected again. Your changes were sent.')).toBeVisible()
  await expect(page.getByText('only you see it: 1 of 3 riders agree')).toBeVisible()
  const entries = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('kickstand.contributions')))
  await expect.poll(entries).toEqual([])
  expect(new Set(keys).size).toBe(1)
})

test('an event from before the lazy component was loaded is shown when it loads', async ({ page, service }) => {
  const zone = (await zonesOf(service)).at(-2) as Zone
  // Delays the lazy component from one second to six, so that the contribution is made first.
  await page.addInitScript(() => {
    const later = window.setTimeout.bind(window)
    Object.assign(window, { setTimeout: (run: () => void, ms?: number) => later(run, ms === 1000 ? 6000 : ms) })
  })
  await open(page, zone)
  await page.route(`**/v1/zones/${zone.id}/contributions`, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await differentButton(page).click()
  await page.getByRole('button', { name: 'Covered', exact: true }).click()
  await page.getByRole('button', { name: 'Yes', exact: true }).click()
  await expect(page.getByText('No connection. “Covered: Yes” is saved and will be sent.')).toBeVisible()
})

test('a missing place is added at the rider’s position; all buttons are large and axe finds no violations', async ({
  page,
  context,
  service,
}) => {
  const zones = await zonesOf(service)
  const far = { lat: Math.max(...zones.map(({ lat }) => lat)) + 0.003, lng: zones[0]?.lng ?? 0 }
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ latitude: far.lat, longitude: far.lng, accuracy: 8 })
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Add a missing place' }).click()
  const form = page.getByRole('region', { name: 'Which place is missing?' })
  await form.getByRole('button', { name: 'Where I am' }).click()
  await form.getByLabel('Spaces').pressSequentially('4')
  await form.getByLabel('Name or street, if it has one').pressSequentially('Behind the mill')
  await form.getByRole('button', { name: 'Yes', exact: true }).click()
  const { violations } = await new AxeBuilder({ page }).include('.panel').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  )
  for (const button of await form.getByRole('button').all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  }
  await form.getByRole('button', { name: 'Add this place' }).click()
  await expect(page.getByText(/^Thank you\. This place goes on the map once other riders/)).toBeVisible()
  await page.getByRole('status').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Add a missing place' }).click()
  await expect(form.getByText('only you see it: 1 of 3 riders agree')).toBeVisible()
})

test('a photo is sent without its metadata', async ({ page, service }) => {
  const zone = (await zonesOf(service)).at(-4) as Zone
  await open(page, zone)
  await differentButton(page).click()
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    canvas.getContext('2d')?.fillRect(100, 100, 200, 200)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  const png = Buffer.from(base64, 'base64')
  const sending = page.waitForRequest((request) => request.url().endsWith('/photos') && request.method() === 'POST')
  await page.locator('input[type=file]').setInputFiles({ name: 'bay.png', mimeType: 'image/png', buffer: png })
  const sent = await sending
  expect(await sent.headerValue('content-type')).toBe('image/jpeg')
  expect((await sent.response())?.status()).toBe(201)
  await expect(page.getByText('Thank you. Photo. Only you see it until others agree.')).toBeVisible()
})
