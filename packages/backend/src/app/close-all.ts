/** Closes resources in reverse order. A failure to close one does not keep the others open. */
export async function closeAll(opened: readonly (() => unknown)[]): Promise<void> {
  for (const close of opened.toReversed()) {
    try {
      await close()
    } catch {
      // The caller reports the error that led to closing.
    }
  }
}
