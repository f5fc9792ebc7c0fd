import type { Page } from '@playwright/test'
import fc from 'fast-check'
import { expect, test } from '../fixtures.ts'
import { cards, sheetTitle } from './page-parts.ts'

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

/** What the server refused while the page was open. */
function refusals(page: Page): string[] {
  const refused: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
  })
  return refused
}

async function expectWhole(page: Page): Promise<void> {
  await expect(page.getByText('This page has a fault')).toHaveCount(0)
  await expect(page.getByText('undefined')).toHaveCount(0)
  await expect(page.getByText(/No connection|cannot be drawn/)).toHaveCount(0)
}

test('whatever stands in the address, the list comes and nothing is refused', async ({ page }) => {
  const refused = refusals(page)
  for (const address of [...TABLE, ...fc.sample(some, { numRuns: 10, seed: 7 })]) {
    await page.goto(`/${address}`)
    await expect(page.getByRole('button', { name: /^Filters/ }), address).toBeVisible()
    // Some of these are in the sea: the list is there, or says that nothing is near.
    await expect(
      cards(page)
        .first()
        .or(page.getByRole('button', { name: 'Go to' }))
        .first(),
      address,
    ).toBeVisible()
    await expectWhole(page)
    expect(refused, address).toEqual([])
  }
})

test('an address of a plan that cannot be is that of a plan all the same', async ({ page }) => {
  const refused = refusals(page)
  for (const address of [
    '/plan?to=91,0&from=x&full=../x&until=never&parked=../../app-config',
    '/plan?to=1&to=2&in=9',
  ]) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 2 }).first(), address).toBeVisible()
    await expectWhole(page)
    expect(refused, address).toEqual([])
  }
})

test('an address of a zone that cannot be asks the server for nothing else', async ({ page }) => {
  const refused = refusals(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  for (const id of ['..%2Fapp-config', 'a', '%2e%2e%2fsources', 'ZONE00000001']) {
    await page.goto(`/zones/${id}?vehicle=tank`)
    await expect(page.getByRole('link', { name: 'All zones' }).or(cards(page).first()).first(), id).toBeVisible()
    await expectWhole(page)
  }
  expect(asked.filter((one) => /^\/v1\/(zones\/(?!nearby)|sources)/.test(one))).toEqual([])
  expect(refused).toEqual([])
  await expect(sheetTitle(page)).toHaveCount(0)
})
