function attempt<T>(run: () => T, fallback: T): T {
  try {
    return run()
  } catch {
    return fallback
  }
}

/** The browser's storage. What it does not accept, such as in a private window, is not stored. */
export const storage = {
  getItem: (name: string): string | null => attempt(() => localStorage.getItem(name), null),
  setItem: (name: string, value: string): void => attempt(() => localStorage.setItem(name, value), undefined),
  removeItem: (name: string): void => attempt(() => localStorage.removeItem(name), undefined),
}
