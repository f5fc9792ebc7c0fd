import { loadPageTexts } from '#i18n/texts.ts'

const TEXT_FILE = /\/assets\/text-/

/**
 * Requests the texts of this page once more, so that the service worker caches them: on the first visit the page loaded
 * them before the worker controlled it. The browser answers from its own cache.
 */
export async function cacheTexts(): Promise<void> {
  try {
    await loadPageTexts()
    const files = performance.getEntriesByType('resource').map(({ name }) => name)
    await Promise.all([...new Set(files)].filter((file) => TEXT_FILE.test(file)).map((file) => fetch(file)))
  } catch {
    // Without a network the next visit caches them.
  }
}
