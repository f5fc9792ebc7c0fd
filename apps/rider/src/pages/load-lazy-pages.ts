import { loadPageTexts } from '#i18n/texts.ts'

const importLazyPages = () => import('./lazy-pages.ts')

const PRELOAD_DELAY_MS = 300

/**
 * Loads everything that the first screen does not need, with its texts. Rejects if one cannot be fetched; call it again
 * then.
 */
export async function loadLazyPages() {
  const [lazyPages] = await Promise.all([importLazyPages(), loadPageTexts()])
  return lazyPages
}

/** Preloads the chunk, so that zones and plans open at once and also offline. Returns the cancel function. */
export function preloadLazyPages(): () => void {
  const timer = setTimeout(() => void loadLazyPages().catch(() => undefined), PRELOAD_DELAY_MS)
  return () => clearTimeout(timer)
}
