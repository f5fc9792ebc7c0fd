import { everythingRequired, findChromium, findFirefox } from '@kickstand/testkit'
import { defineConfig } from '@playwright/test'

/** No background network requests. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Stories of WebKitGTK, which Playwright runs but does not drive (webkitgtk.ts). */
const WEBKITGTK = '**/*.webkit.spec.ts'

const chromium = findChromium()
const firefox = findFirefox()

/** A phone in portrait orientation. */
const viewport = { width: 412, height: 915 }

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  // Files side by side: each worker has a server of its own.
  workers: 2,
  // For slow shared machines. Playwright lists retried tests as flaky: so far each was a bug in the page or in the
  // test.
  retries: everythingRequired() ? 1 : 0,
  forbidOnly: everythingRequired(),
  use: {
    locale: 'en-GB',
    timezoneId: 'America/Los_Angeles',
    viewport,
    // A service worker would bypass `page.route`; only offline.spec.ts enables it.
    serviceWorkers: 'block',
    // A trace takes an eighth of the processor time of a story: where stories are retried, only the second run writes one.
    trace: everythingRequired() ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      testIgnore: WEBKITGTK,
      use: {
        browserName: 'chromium',
        launchOptions: { ...(chromium === null ? {} : { executablePath: chromium }), args: CHROMIUM_FLAGS },
      },
    },
    {
      // Stock Firefox through WebDriver BiDi. It has no WebGL in headless mode, so `npm test` starts a display.
      name: 'firefox',
      testIgnore: WEBKITGTK,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        headless: process.env['DISPLAY'] === undefined,
        launchOptions: firefox === null ? {} : { executablePath: firefox },
      },
    },
    { name: 'webkitgtk', testMatch: WEBKITGTK },
  ],
})
