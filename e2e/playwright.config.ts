import { everythingRequired, findChromium, findFirefox } from '@kickstand/testkit'
import { defineConfig } from '@playwright/test'

/** Software WebGL, so that the map draws on a machine without a graphics card, and nothing that phones home. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const chromium = findChromium()
const firefox = findFirefox()

/** A phone held upright. */
const viewport = { width: 412, height: 915 }

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 1,
  // On a shared machine. What needed it is named as flaky at the end: so far each was a fault of the page or of the story.
  retries: everythingRequired() ? 1 : 0,
  forbidOnly: everythingRequired(),
  use: {
    locale: 'en-GB',
    timezoneId: 'America/Los_Angeles',
    viewport,
    // Stories route requests themselves; offline.spec.ts has the worker.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { ...(chromium === null ? {} : { executablePath: chromium }), args: CHROMIUM_FLAGS },
      },
    },
    {
      // Stock Firefox through WebDriver BiDi. Without a window it has no WebGL, so it needs a display: npm test gives one.
      name: 'firefox',
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        headless: process.env['DISPLAY'] === undefined,
        launchOptions: {
          ...(firefox === null ? {} : { executablePath: firefox }),
          firefoxUserPrefs: { 'webgl.force-enabled': true },
        },
      },
    },
  ],
})
