/** Reads a value at the first call and remembers it. After a failure the next call reads again. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null
  return () => {
    result ??= read().catch((error: unknown) => {
      result = null
      throw error
    })
    return result
  }
}
