import { existsSync } from 'node:fs'
import path from 'node:path'
import { everythingRequired } from './require-all.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/data')

/** The folder with real data next to the checkout, or null. */
export function sharedDataFolder(): string | null {
  return existsSync(FOLDER) ? FOLDER : null
}

/**
 * Absolute path of a file with real data next to the checkout (`../shared/data/osm/…`), or null where it is missing:
 * skip the test then. Throws instead if no test may be skipped.
 */
export function sharedData(file: string): string | null {
  const found = path.join(FOLDER, file)
  if (existsSync(found)) return found
  if (everythingRequired())
    throw new Error(
      `${file} is missing in ../shared/data, and no test may be skipped. Put it there, or unset KICKSTAND_TEST_REQUIRE_ALL.`,
    )
  return null
}
