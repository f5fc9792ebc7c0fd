import path from 'node:path'
import { DomainError } from '@kickstand/domain'

/** Bytes unpacked for each packed byte. Tables and JSON reach 10 to 50; a gzip bomb about 1,000. */
const MAX_GZIP_RATIO = 200
/** Unpacked bytes from which on the ratio is checked: a short repetitive text is not a bomb. */
const MIN_CHECKED_BYTES = 64 << 20

/** Checks a file while it is unpacked. `check` throws `unreadable-file` for a gzip bomb. */
export type GzipGuard = { check(unpacked: number, packedSoFar: number): void }

/** Stops unpacking a gzip bomb early, by its compression ratio. */
export function gzipGuard(file: string): GzipGuard {
  let total = 0
  return {
    check(unpacked, packedSoFar) {
      total += unpacked
      if (total < MIN_CHECKED_BYTES || total <= MAX_GZIP_RATIO * packedSoFar) return
      throw new DomainError(
        'unreadable-file',
        `${path.basename(file)} unpacks to over ${MAX_GZIP_RATIO} times its size, which is a gzip bomb. Expected parking data. Unpack it and check its content.`,
      )
    },
  }
}
