const PRELOAD_DELAY_MS = 300

/** Loads everything that the first screen does not need. Rejects if the chunk cannot be fetched; call it again then. */
export const loadLazyPages = () => import('./lazy-pages.ts')

/** Preloads the chunk, so that zones and plans open at once and also offline. Returns the cancel function. */
export function preloadLazyPages(): () => void {
  const timer = setTimeout(() => void loadLazyPages().catch(() => undefined), PRELOAD_DELAY_MS)
  return () => clearTimeout(timer)
}
