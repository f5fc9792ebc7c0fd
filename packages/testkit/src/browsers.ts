import { accessSync, constants, globSync } from 'node:fs'
import path from 'node:path'

/**
 * Absolute path of the first of these programs that is installed, or null. System folders are searched even when not on
 * PATH.
 */
export function findProgram(...names: readonly string[]): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/sbin', '/usr/local/bin']
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find(isExecutable)
    if (found !== undefined) return found
  }
  return null
}

export function findChromium(): string | null {
  return findProgram('chromium', 'chromium-browser', 'google-chrome')
}

export function findFirefox(): string | null {
  return findProgram('firefox-esr')
}

/** The WebDriver of WebKitGTK and the small browser that comes with it, which is in no folder of programs. */
export type Webkitgtk = { readonly driver: string; readonly browser: string }

/** Null unless both parts are installed. */
export function findWebkitgtk(): Webkitgtk | null {
  const driver = findProgram('WebKitWebDriver')
  const [browser] = globSync('/usr/lib/*/webkit{2gtk,gtk}-*/MiniBrowser')
  return driver === null || browser === undefined ? null : { driver, browser }
}

/** The virtual display that Firefox needs for WebGL, and WebKitGTK in any case, on a machine without a screen. */
export function findXvfb(): string | null {
  return findProgram('Xvfb')
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
