import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** On the sign-in, which stands in place of the pages that need one. */
const START = /^The console is for the people who keep Kickstand running/
const NOT_FOUND = 'There is no such page'

/** Violations of the Content-Security-Policy since the page was opened, as `directive blocked-address`. */
type Watched = { readonly violations: () => Promise<string[]>; readonly errors: readonly string[] }

/** Call it before the first `goto`. */
async function watchPolicy(page: Page): Promise<Watched> {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.addInitScript(() => {
    const found: string[] = []
    Object.assign(globalThis, { policyViolations: found })
    document.addEventListener('securitypolicyviolation', (event) => {
      found.push(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  const violations = () =>
    page.evaluate(() => [...(globalThis as unknown as { policyViolations: string[] }).policyViolations])
  return { violations, errors }
}

for (const [address, text] of [
  ['/console', START],
  ['/console/', START],
  ['/console/no/such/page', NOT_FOUND],
] as const) {
  test(`${address} works under its policy`, async ({ page }) => {
    const watched = await watchPolicy(page)
    await page.goto(address)
    await expect(page.getByText(text)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Kickstand' })).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    expect(await page.evaluate(() => document.fonts.check('16px Barlow'))).toBe(true)
    expect(await watched.violations()).toEqual([])
    expect(watched.errors).toEqual([])
  })
}

test('a violation of the policy would be noticed', async ({ page }) => {
  const watched = await watchPolicy(page)
  await page.goto('/console')
  await expect(page.getByText(START)).toBeVisible()
  await page.evaluate(() => {
    new Image().src = 'https://elsewhere.invalid/x.png'
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
  })
  await expect.poll(watched.violations).toContain('img-src https://elsewhere.invalid/x.png')
  await expect.poll(watched.violations).toContain('style-src-elem inline')
})

test('text cannot become code', async ({ page }) => {
  await page.goto('/console')
  await expect(page.getByText(START)).toBeVisible()
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    try {
      script.textContent = 'globalThis.injected = true'
      document.body.append(script)
    } catch {
      return 'rejected'
    }
    return 'injected' in globalThis ? 'ran' : 'blocked'
  })
  // By Trusted Types. Without them the policy for inline scripts would block it.
  expect(ran).toBe('rejected')
})

test('an unknown address leads back to the start', async ({ page }) => {
  await page.goto('/console/no/such/page')
  await expect(page).toHaveTitle(`${NOT_FOUND} · Kickstand console`)
  await page.getByRole('link', { name: 'Go to the start of the console' }).click()
  await expect(page.getByText(START)).toBeVisible()
  expect(new URL(page.url()).pathname).toMatch(/^\/console\/?$/)
  await expect(page).toHaveTitle('Sign in · Kickstand console')
  await page.goBack()
  await expect(page.getByText(NOT_FOUND)).toBeVisible()
})

test('the keyboard alone skips to the content', async ({ page }) => {
  await page.goto('/console')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(page.getByText(START)).toBeVisible()
  const width = () => skip.evaluate((link) => link.getBoundingClientRect().width)
  expect(await width()).toBeLessThanOrEqual(1)
  await page.keyboard.press('Tab')
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport({ ratio: 1 })
  expect(await width()).toBeGreaterThan(44)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1)
})

test.describe('without the policy, for the injected script of axe', () => {
  test.use({ bypassCSP: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`nothing violates axe or scrolls sideways at 320 px, ${colorScheme}`, async ({ page, browserName }) => {
      test.skip(
        colorScheme === 'dark' && browserName === 'firefox',
        'Firefox under WebDriver BiDi ignores the emulated colour scheme',
      )
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 320, height: 640 })
      const grounds: string[] = []
      for (const [address, text] of [
        ['/console', START],
        ['/console/no/such/page', NOT_FOUND],
      ] as const) {
        await page.goto(address)
        await expect(page.getByText(text)).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
        ).toEqual([])
        const box = page.locator('html')
        expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
        grounds.push(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor))
      }
      expect(new Set(grounds)).toEqual(new Set([colorScheme === 'light' ? 'rgb(233, 236, 239)' : 'rgb(13, 18, 24)']))
    })
  }
})

test.describe('with the service worker of the riders’ page', () => {
  test.use({ serviceWorkers: 'allow' })

  test('the console and its files come from the server', async ({ page, browserName }) => {
    test.skip(browserName !== 'chromium', 'only Chromium says which answers came from a service worker')
    await page.goto('/')
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
    const answers: [string, boolean][] = []
    page.on('response', (answer) => answers.push([new URL(answer.url()).pathname, answer.fromServiceWorker()]))
    await page.goto('/console/no/such/page')
    await expect(page.getByText(NOT_FOUND)).toBeVisible()
    await page.reload()
    await expect(page.getByText(NOT_FOUND)).toBeVisible()
    const ofConsole = answers.filter(([path]) => path.startsWith('/console'))
    expect(ofConsole.length).toBeGreaterThan(2)
    expect(ofConsole.filter(([, fromWorker]) => fromWorker)).toEqual([])
  })
})
