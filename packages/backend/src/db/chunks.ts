const MAX_CHUNK_LENGTH = 128

/**
 * Splits a list into chunks of 128, 64, 32 … 1 items. Statements of any length would each be prepared anew; of these
 * few lengths each is prepared once.
 */
export function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  let from = 0
  for (let length = MAX_CHUNK_LENGTH; length >= 1; length /= 2) {
    for (; list.length - from >= length; from += length) yield list.slice(from, from + length)
  }
}
