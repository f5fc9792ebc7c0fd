export type SafeStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `localStorage`, or memory where the browser forbids it (private windows, strict settings): the page then forgets on reload. */
export function safeStorage(): SafeStorage {
  try {
    const probe = 'kickstand.probe'
    localStorage.setItem(probe, '1')
    localStorage.removeItem(probe)
    return localStorage
  } catch {
    const held = new Map<string, string>()
    return {
      getItem: (name) => held.get(name) ?? null,
      setItem: (name, value) => void held.set(name, value),
      removeItem: (name) => void held.delete(name),
    }
  }
}

/** One for the whole page. */
export const storage = safeStorage()
