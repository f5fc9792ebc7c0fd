import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, startService, test as base, type Service } from '../fixtures.ts'
import { cards, recentReports, sheetTitle } from '../page-parts.ts'

const CLI = path.resolve(import.meta.dirname, '../../apps/cli/src/main.ts')
const PLACE = { lat: 47.5, lng: 8.7 }
const NAMES = ['Seventeen', 'Known']

/** Two bays of 17 spaces, without simulated riders. */
const BAYS = {
  version: 0.6,
  generator: 'e2e test',
  elements: NAMES.map((name, i) => ({
    type: 'node',
    id: i + 1,
    lat: PLACE.lat + i * 0.002,
    lon: PLACE.lng,
    tags: { amenity: 'motorcycle_parking', capacity: '17', name },
  })),
}

const test = base.extend<object, { quiet: Service }>({
  quiet: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-sightings-'))
      const file = path.join(folder, 'bays.overpass.json')
      const settings = {
        KICKSTAND_DATABASE_URL: `sqlite:${path.join(folder, 'kickstand.db')}`,
        KICKSTAND_DEMO: 'off',
        KICKSTAND_BASEMAP: 'none',
      }
      await writeFile(file, JSON.stringify(BAYS))
      await promisify(execFile)(process.execPath, [CLI, 'import', file], { env: { ...process.env, ...settings } })
      const { stop, ...service } = await startService(settings)
      await use(service)
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ quiet }, use) => {
    await use(quiet.url)
  },
})

test.use({ webgl: false })

async function open(page: Page, name: string): Promise<void> {
  await page.goto('/')
  await cards(page).getByRole('link', { name }).click()
  await expect(sheetTitle(page)).toHaveText(name)
}

/** Expects that no text on the page says that a full zone has a space. */
async function expectFull(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await expect(main.getByText('you reported just now')).toBeVisible()
  await expect(main.getByText(/^Likely (plenty|some|few) free in 20/)).toBeVisible()
  await expect(main.getByText(/A space is/)).toHaveCount(0)
  await expect(main.getByText('about', { exact: true })).toHaveCount(0)
  await expect(main.getByText(/now:? about/i)).toHaveCount(0)
  await expect(main.getByText(/now:? full/i).first()).toBeVisible()
}

test('a bay of 17 spaces that a rider reports as full is shown as full, to them and to others', async ({
  page,
  browser,
  quiet,
}) => {
  await open(page, 'Seventeen')
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  await expectFull(page)
  await expect(recentReports(page)).toContainText('Full')
  await page.getByRole('link', { name: 'All zones', exact: true }).click()
  const card = cards(page).filter({ has: page.getByRole('link', { name: 'Seventeen' }) })
  await expect(card).toContainText('you reported just now')
  await expect(card).toContainText(/Likely \w+ free in 20/)
  await expect(card).not.toContainText('A space is')

  const other = await browser.newContext({ baseURL: quiet.url })
  const watching = await other.newPage()
  await open(watching, 'Seventeen')
  const main = watching.getByRole('main')
  await expect(main.getByText(/seen (just now|\d+ min ago) by a rider/)).toBeVisible()
  await expect(main.getByText(/^Likely \w+ free in 20/)).toBeVisible()
  await expect(main.getByText(/A space is/)).toHaveCount(0)
  await other.close()
})

test('a rider without a position sees their own report, and others the sighting on site, until it is undone', async ({
  page,
  request,
}) => {
  const near = await (await request.get(`/v1/zones/nearby?lat=${PLACE.lat}&lng=${PLACE.lng}`)).json()
  const zoneId: string = near.zones.find((one: { name: string }) => one.name === 'Known').id
  const position = { lat: PLACE.lat + 0.002, lng: PLACE.lng, accuracy: 10 }
  const headers = { authorization: 'Bearer device-secret-of-somebody-there' }
  const response = await request.post('/v1/reports', {
    headers,
    data: { zoneId, kind: 'level', level: 'plenty', position },
  })
  expect(response.status()).toBe(201)

  await open(page, 'Known')
  await page.getByRole('button', { name: 'Full, no space free' }).click()
  await expectFull(page)
  const serverState = async () => (await (await request.get(`/v1/zones/${zoneId}`)).json()).availability.state
  expect(await serverState()).toBe('plenty')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone. Your report was removed.')).toBeVisible()
  await expect(page.getByRole('main').getByText(/by a rider/)).toBeVisible()
  await expect(page.getByRole('main').getByText('Plenty free').first()).toBeVisible()
})
