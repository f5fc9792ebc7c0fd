import path from 'node:path'
import { DomainError } from '@kickstand/domain'

/** Bytes unpacked for each packed byte. Tables and JSON reach 10 to 50; a gzip bomb about 1,000. */
const MAX_GZIP_RATIO = 200
/** Unpacked bytes before the ratio is looked at: a short text of one letter is no bomb. */
const MIN_JUDGED_BYTES = 64 << 20

/** Watches a file that is unpacked. `check` throws `unreadable-file` for what no parking data can be. */
export type GzipGuard = { check(unpacked: number, packedSoFar: number): void }

/** Ends a gzip bomb early: a file that unpacks to far more than data of parking does. */
export function gzipGuard(file: string): GzipGuard {
  let total = 0
  return {
    check(unpacked, packedSoFar) {
      total += unpacked
      if (total < MIN_JUDGED_BYTES || total <= MAX_GZIP_RATIO * packedSoFar) return
      throw new DomainError(
        'unreadable-file',
        `${path.basename(file)} unpacks to over ${MAX_GZIP_RATIO} times its size, as no file with parking does (a gzip bomb). Unpack it and look at what is inside.`,
      )
    },
  }
}
