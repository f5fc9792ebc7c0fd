/**
 * Stories in WebKitGTK, driven through its own WebDriver: Playwright drives a WebKit of its own making only. It has the
 * engine of Safari and is not Safari: no passkeys, no keychain, other networking, and GTK in place of Apple's controls.
 */
import { writeFile } from 'node:fs/promises'
import { findWebkitgtk, freePort, serviceEnvironment, startManaged } from '@kickstand/testkit'
import { Builder, By, type WebDriver, type WebElement } from 'selenium-webdriver'
import { test as base } from './fixtures.ts'

const READY_TIMEOUT_MS = 20_000
const FIND_TIMEOUT_MS = 10_000
/** Without the files of the person who runs the tests. */
const COMMAND = 'export HOME="$folder"; exec "$1" --host=127.0.0.1 --port="$2"'

/** One window. Controls are found by the text that people see, and waited for. */
export type WebkitWindow = {
  readonly open: (address: string) => Promise<void>
  readonly field: (label: string) => Promise<WebElement>
  /** Types a text into an empty field. */
  readonly enter: (label: string, text: string) => Promise<void>
  readonly press: (button: string) => Promise<void>
  readonly see: (text: string) => Promise<WebElement>
  readonly seeAll: (selector: string) => Promise<string[]>
}

function windowOf(driver: WebDriver): WebkitWindow {
  const find = async (xpath: string): Promise<WebElement> => {
    const visible = async (): Promise<WebElement | null> => {
      const [found] = await driver.findElements(By.xpath(xpath))
      // The page may have replaced the element meanwhile.
      return found !== undefined && (await found.isDisplayed().catch(() => false)) ? found : null
    }
    const found = await driver.wait(visible, FIND_TIMEOUT_MS, `nothing to see at ${xpath}`)
    if (found === null) throw new Error(`nothing to see at ${xpath}`)
    return found
  }
  const field = (label: string): Promise<WebElement> => find(`//*[@id=//label[normalize-space()="${label}"]/@for]`)
  return {
    open: (address) => driver.get(address),
    field,
    enter: async (label, text) => (await field(label)).sendKeys(text),
    press: async (button) =>
      (await find(`//*[self::button or self::a][normalize-space()="${button}" or @aria-label="${button}"]`)).click(),
    see: (text) => find(`//*[text()[contains(., "${text}")]]`),
    seeAll: async (selector) =>
      Promise.all((await driver.findElements(By.css(selector))).map((element) => element.getText())),
  }
}

export const test = base.extend<{ window: WebkitWindow }, { driver: WebDriver }>({
  driver: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants the names of the fixtures that this one needs
    async ({}, use) => {
      const webkitgtk = findWebkitgtk()
      if (webkitgtk === null) throw new Error('WebKitGTK is missing: apt-get install webkit2gtk-driver')
      const port = String(await freePort())
      const server = await startManaged(COMMAND, [webkitgtk.driver, port], { env: serviceEnvironment() })
      try {
        const url = `http://127.0.0.1:${port}`
        await server.until(() => fetch(`${url}/status`), READY_TIMEOUT_MS)
        const options = { binary: webkitgtk.browser, args: ['--automation'] }
        const driver = await new Builder()
          .usingServer(url)
          .withCapabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options })
          .build()
        await use(driver)
        await driver.quit()
      } finally {
        await server.stop()
      }
    },
    { scope: 'worker', timeout: 2 * READY_TIMEOUT_MS },
  ],
  window: async ({ driver }, use, testInfo) => {
    await use(windowOf(driver))
    if (testInfo.status === testInfo.expectedStatus) return
    const file = testInfo.outputPath('failed.png')
    await writeFile(file, await driver.takeScreenshot(), 'base64')
    await testInfo.attach('screenshot', { path: file, contentType: 'image/png' })
  },
})

export { expect } from './fixtures.ts'
