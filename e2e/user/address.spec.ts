import type { Page } from '@playwright/test'
import fc from 'fast-check'
import { expect, test } from '../fixtures.ts'
import { cards, sheetTitle } from '../page-parts.ts'

test.setTimeout(180_000)

const TABLE = [
  '?covered=yes&covered=no',
  '?vehicle=tank',
  '?lat=91&lng=181',
  '?lat=37,79&lng=-122,4',
  '?free=yes%252Cunknown&covered=%22yes%22',
  '?lat=[1]&lng={}&z=null&in=x',
  '?lat=1e400&lng=NaN&mayPark=maybe',
  '?%E0%A4%A=1&__proto__=x',
]

const NAMES = ['lat', 'lng', 'z', 'in', 'vehicle', 'covered', 'free', 'open', 'to', 'from', 'full', 'until', 'parked']
const VALUES = ['yes', 'no', 'tank', '91', '-181', '1e9', '37,79', '[1]', '{}', '%25', '', '../x', 'null', '1,2,3']
const some = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), { minLength: 2, maxLength: 8 })
  .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`)

/** Requests that the server rejected while the page was open. */
function rejectedRequests(page: Page): string[] {
  const rejected: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400) rejected.push(`${answer.status()} ${answer.url()}`)
  })
  return rejected
}

async function expectNoError(page: Page): Promise<void> {
  await expect(page.getByText('Something went wrong')).toHaveCount(0)
  await expect(page.getByText('undefined')).toHaveCount(0)
  await expect(page.getByText(/No connection|cannot be drawn/)).toHaveCount(0)
}

test('any address loads the list, and no request is rejected', async ({ page }) => {
  const rejected = rejectedRequests(page)
  for (const address of [...TABLE, ...fc.sample(some, { numRuns: 10, seed: 7 })]) {
    await page.goto(`/${address}`)
    await expect(page.getByRole('button', { name: /^Filters/ }), address).toBeVisible()
    // Some of these positions are at sea: either zones are listed or the page says that none are near.
    await expect(
      cards(page)
        .first()
        .or(page.getByRole('button', { name: 'Go to' }))
        .first(),
      address,
    ).toBeVisible()
    await expectNoError(page)
    expect(rejected, address).toEqual([])
  }
})

test('an invalid plan address still opens the plan', async ({ page }) => {
  const rejected = rejectedRequests(page)
  for (const address of [
    '/plan?to=91,0&from=x&full=../x&until=never&parked=../../app-config',
    '/plan?to=1&to=2&in=9',
  ]) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 2 }).first(), address).toBeVisible()
    await expectNoError(page)
    expect(rejected, address).toEqual([])
  }
})

test('an invalid zone id in the address sends no request', async ({ page }) => {
  const rejected = rejectedRequests(page)
  const requested: string[] = []
  page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  for (const id of ['..%2Fapp-config', 'a', '%2e%2e%2fsources', 'ZONE00000001']) {
    await page.goto(`/zones/${id}?vehicle=tank`)
    await expect(page.getByRole('link', { name: 'All zones' }).or(cards(page).first()).first(), id).toBeVisible()
    await expectNoError(page)
  }
  expect(requested.filter((one) => /^\/v1\/(zones\/(?!nearby)|sources)/.test(one))).toEqual([])
  expect(rejected).toEqual([])
  await expect(sheetTitle(page)).toHaveCount(0)
})
