import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { leftovers, ownName, run } from './system.ts'

const PREFIX = 'ks-disk-'
const CHUNK = Buffer.alloc(256 * 1024, 1)

/** A small separate disk, in memory. */
export type SmallDisk = {
  readonly folder: string
  /** Uses all free space: existing data can be read and overwritten, but no file can grow. */
  readonly fill: () => void
  readonly free: () => void
  readonly remove: () => void
}

/** Mounts a disk of this size and removes disks of tests that crashed. Needs root. */
export function mountSmallDisk(mebibytes: number): SmallDisk {
  for (const name of leftovers(PREFIX, readdirSync(tmpdir()))) unmount(path.join(tmpdir(), name))
  const folder = path.join(tmpdir(), ownName(PREFIX))
  mkdirSync(folder)
  run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'ks-disk', folder)
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    fill: () => fillWith(ballast),
    free: () => rmSync(ballast, { force: true }),
    remove: () => unmount(folder),
  }
}

function fillWith(file: string): void {
  const open = openSync(file, 'a')
  try {
    for (;;) writeSync(open, CHUNK)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(open)
  }
}

function unmount(folder: string): void {
  // A lazy unmount: processes with open files there end with their test.
  run('sh', '-c', 'umount -l "$1" 2>/dev/null; rmdir "$1"', 'sh', folder)
}
