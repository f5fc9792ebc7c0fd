function attempt<T>(run: () => T, fallback: T): T {
  try {
    return run()
  } catch {
    return fallback
  }
}

type Kept = {
  readonly getItem: (name: string) => string | null
  readonly setItem: (name: string, value: string) => void
  readonly removeItem: (name: string) => void
}

/** `open` is called each time, because reading `localStorage` throws if the browser does not allow storage. */
function createStorage(open: () => Storage): Kept {
  return {
    getItem: (name) => attempt(() => open().getItem(name), null),
    setItem: (name, value) => attempt(() => open().setItem(name, value), undefined),
    removeItem: (name) => attempt(() => open().removeItem(name), undefined),
  }
}

/** The browser's storage. If the browser rejects a value, for example in a private window, it is not stored. */
export const storage = createStorage(() => localStorage)

/** The same for this tab only, until it is closed. */
export const tabStorage = createStorage(() => sessionStorage)
