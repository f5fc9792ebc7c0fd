import { findFaketime } from '../../ops/faults/clock.ts'
import { mayChangeSystem } from '../../ops/faults/system.ts'
import { missingPackages } from '../../ops/src/programs.ts'
import {
  findChromium,
  findFirefox,
  findMariadb,
  findWebkitgtk,
  findXvfb,
  sharedDataFolder,
} from '../../packages/testkit/src/index.ts'
import { NOTHING, type Counts } from './counts.ts'

/** A requirement of the full test suite: what is missing, the tests that need it, and how to get it. */
export type Requirement = { readonly what: string; readonly means: string; readonly remedy: string }

/** What this machine lacks for the full test suite, and how to get it. */
export function missingRequirements(): Requirement[] {
  const display = process.env['DISPLAY'] !== undefined || findXvfb() !== null
  const missingLayout = missingPackages({ database: 'mariadb', cdn: true })
  const missingGalera = missingPackages({ database: 'galera', cdn: false })
  const needs: readonly (Requirement & { readonly here: boolean })[] = [
    {
      here: findMariadb() !== null,
      what: 'mariadbd',
      means: 'the tests on MariaDB',
      remedy: 'apt-get install mariadb-server',
    },
    {
      here: missingLayout.length === 0,
      what: missingLayout.join(' and '),
      means: 'the tests of the production layout and its faults',
      remedy: `apt-get install ${missingLayout.join(' ')}`,
    },
    {
      here: missingGalera.length === 0,
      what: missingGalera.join(' and '),
      means: 'the tests and faults of a Galera cluster',
      remedy: `apt-get install ${missingGalera.join(' ')}`,
    },
    {
      here: mayChangeSystem(),
      what: 'right to mount disks and create networks',
      means: 'the faults of full disks and cut networks',
      remedy: 'run as root, with iproute2',
    },
    {
      here: findFaketime() !== null,
      what: 'libfaketime',
      means: 'the faults of clocks that jump',
      remedy: 'apt-get install faketime',
    },
    {
      here: sharedDataFolder() !== null,
      what: '../shared/data',
      means: 'the tests on real data',
      remedy: 'put the folder next to the checkout',
    },
    {
      here: findChromium() !== null,
      what: 'Chromium',
      means: 'the browser stories in Chromium',
      remedy: 'apt-get install chromium',
    },
    {
      here: findFirefox() !== null && display,
      what: 'Firefox ESR with a display',
      means: 'the browser stories in Firefox',
      remedy: 'apt-get install firefox-esr xvfb',
    },
    {
      here: findWebkitgtk() !== null && display,
      what: 'WebKitGTK with a display',
      means: 'the browser stories in WebKitGTK',
      remedy: 'apt-get install webkit2gtk-driver xvfb',
    },
  ]
  return needs.filter(({ here }) => !here)
}

/** Prints which tests are skipped because of missing requirements. If all are required, each counts as a failure. */
export function announce(missing: readonly Requirement[], required: boolean): Counts {
  for (const { what, means, remedy } of missing) {
    console.log(`${required ? 'failed' : 'skipped'}: ${means}, missing: ${what} (${remedy})`)
  }
  return required ? { ...NOTHING, failed: missing.length } : NOTHING
}
