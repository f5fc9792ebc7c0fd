import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const IN_MEMORY = '/dev/shm'
/** More than all databases of a test run. */
const ENOUGH_BYTES = 2 * 1024 ** 3

/**
 * Where the databases of tests are: in memory where there is space for them, because a new database waits for the disk
 * several hundred times. No test ends the system without writing its files, so each finds them as on a disk.
 */
export function scratchFolder(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}
