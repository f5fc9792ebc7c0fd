import { everythingRequired, findMariadb, freshDatabase, startMariadb } from '@kickstand/testkit'
import { expect, startService, test as base, type Service } from '../fixtures.ts'
import { cards, openFirstZone } from '../page-parts.ts'

/** A server whose database was stopped after the start. */
const test = base.extend<object, { orphan: Service }>({
  orphan: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      const database = await startMariadb()
      const { url } = await freshDatabase(database.url)
      const { stop, ...service } = await startService({ KICKSTAND_DATABASE_URL: url })
      await database.stop()
      await use(service)
      await stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ orphan }, use) => {
    await use(orphan.url)
  },
})

test.skip(findMariadb() === null && !everythingRequired(), 'needs MariaDB')

test('without its database the service shows a new visitor list, map and zones', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByRole('region', { name: /^Map of motorcycle parking/ })).toBeVisible({ timeout: 30_000 })
  await openFirstZone(page)
  await expect(page.getByRole('heading', { name: 'The next 24 hours' })).toBeVisible()
  await expect(page.getByText('Loading the forecast…')).toHaveCount(0)
  await expect(page.getByText('The forecast could not be loaded.')).toHaveCount(0)
  await expect(page.getByText('Recent reports cannot be shown right now.')).toBeVisible()
  await expect(page.getByText(/^Licence: /)).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})
