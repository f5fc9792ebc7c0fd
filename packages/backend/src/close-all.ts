/** Closes what was opened, the last first. One that cannot be closed keeps none of the others open. */
export async function closeAll(opened: readonly (() => unknown)[]): Promise<void> {
  for (const close of opened.toReversed()) {
    try {
      await close()
    } catch {
      // The reason to close is the fault that gets reported.
    }
  }
}
