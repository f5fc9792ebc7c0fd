import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const LIBRARY = 'libfaketimeMT.so.1'
const PLACES = ['/usr/lib/x86_64-linux-gnu/faketime', '/usr/lib/aarch64-linux-gnu/faketime']

/** A clock for one program, set while it runs. */
export type FalseClock = {
  /** The environment of a program that shall go by it. */
  readonly env: Readonly<Record<string, string>>
  /** Sets it so many seconds ahead of the machine's, or behind with a negative number; within a second it has jumped. */
  readonly set: (seconds: number) => void
  readonly remove: () => void
}

/** Where libfaketime lies, null where the machine does not have it. */
export function findFaketime(): string | null {
  for (const place of PLACES) {
    try {
      if (readdirSync(place).includes(LIBRARY)) return path.join(place, LIBRARY)
    } catch {
      // Another kind of machine.
    }
  }
  return null
}

/** A clock that is right until it is set otherwise. Time that only passes (monotonic) is left alone, as on a real machine. */
export function makeFalseClock(): FalseClock {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-clock-'))
  const file = path.join(folder, 'offset')
  function set(seconds: number): void {
    // Whole or not at all: it is read at any moment.
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
