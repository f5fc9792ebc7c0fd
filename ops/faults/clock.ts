import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const LIBRARY = 'libfaketimeMT.so.1'
const PLACES = ['/usr/lib/x86_64-linux-gnu/faketime', '/usr/lib/aarch64-linux-gnu/faketime']

/** A clock for one program that can be changed while it runs. */
export type FalseClock = {
  /** Environment variables for a program that shall use it. */
  readonly env: Readonly<Record<string, string>>
  /** Sets its offset from the system clock in seconds. The program sees it within a second. */
  readonly set: (seconds: number) => void
  readonly remove: () => void
}

/** Path of libfaketime, null where it is not installed. */
export function findFaketime(): string | null {
  for (const place of PLACES) {
    try {
      if (readdirSync(place).includes(LIBRARY)) return path.join(place, LIBRARY)
    } catch {
      // The folder does not exist on this architecture.
    }
  }
  return null
}

/** A clock with offset 0. The monotonic clock is not changed, as on a real machine. */
export function makeFalseClock(): FalseClock {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-clock-'))
  const file = path.join(folder, 'offset')
  function set(seconds: number): void {
    // Atomic: the program can read the file at any moment.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
    renameSync(`${file}.new`, file)
  }
  set(0)
  return {
    env: {
      LD_PRELOAD: findFaketime() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    },
    set,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
