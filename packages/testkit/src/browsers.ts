import { accessSync, constants } from 'node:fs'
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

/** The virtual display that Firefox needs for WebGL on a machine without a screen. */
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
