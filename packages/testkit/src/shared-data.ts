import { existsSync } from 'node:fs'
import path from 'node:path'
import { everythingRequired } from './require-all.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/data')

/** The folder of real data beside the checkout, or null. */
export function sharedDataFolder(): string | null {
  return existsSync(FOLDER) ? FOLDER : null
}

/**
 * Absolute path of a file of real data kept beside the checkout (`../shared/data/osm/…`), or null where this machine has
 * none: skip the test then. Throws instead where nothing may be skipped.
 */
export function sharedData(file: string): string | null {
  const found = path.join(FOLDER, file)
  if (existsSync(found)) return found
  if (everythingRequired()) throw new Error(`${file} is missing from ../shared/data, and nothing may be skipped here`)
  return null
}
