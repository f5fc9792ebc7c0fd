import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './step.mjs'

const LEFT_OUT = new Set(['node_modules', 'dist', 'dev-dist', '.vite'])

/** A hash of the names and contents of files and folders (paths from the root). Missing paths are skipped. */
export function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesUnder)) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(path.join(ROOT, file)))
  }
  return hash.digest('hex')
}

function filesUnder(relative) {
  const absolute = path.join(ROOT, relative)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [relative]
  return readdirSync(absolute)
    .filter((name) => !LEFT_OUT.has(name))
    .toSorted()
    .flatMap((name) => filesUnder(path.posix.join(relative, name)))
}

/** Whether the stamp file contains this hash. */
export function stampMatches(stamp, hash) {
  const file = path.join(ROOT, stamp)
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

export function writeStamp(stamp, hash) {
  const file = path.join(ROOT, stamp)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, hash)
}
