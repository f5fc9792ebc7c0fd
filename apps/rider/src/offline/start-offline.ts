import type { QueryClient } from '@tanstack/react-query'
import { serverNow } from '../api/server-clock.ts'
import { syncSavedZones } from './sync-saved-zones.ts'
import { openSavedZonesStore } from './saved-zones-store.ts'
import { showOwnSightings } from './own-sightings.ts'
import { cacheTexts } from './cache-texts.ts'
import { offerUpdate } from './update.ts'

const UPDATE_CHECK_INTERVAL_MS = 60 * 60_000

/** Starts offline support. The page also works without it, where a browser forbids storage or workers. */
export function startOffline(client: QueryClient): void {
  showOwnSightings(client, serverNow)
  openSavedZonesStore().then(
    (store) => syncSavedZones(client, store),
    () => undefined,
  )
  if (import.meta.env.PROD && 'serviceWorker' in navigator) registerWorker().catch(() => undefined)
}

/** The service worker caches the page. A new version waits until the rider loads it, so that no input is lost. */
async function registerWorker(): Promise<void> {
  const { serviceWorker } = navigator
  let isControlled = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    // The first worker has the same version as the page, so no reload is needed.
    if (isControlled) location.reload()
    isControlled = true
    void cacheTexts()
  })
  const registration = await serviceWorker.register('/sw.js')
  function offer(): void {
    const { waiting } = registration
    if (waiting !== null && serviceWorker.controller !== null) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- unlike a window, a worker takes no target origin
      offerUpdate(() => waiting.postMessage({ type: 'SKIP_WAITING' }))
    }
  }
  offer()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer))
  const checkForUpdate = (): void => void registration.update().catch(() => undefined)
  // Browsers also check by themselves, but rarely.
  checkForUpdate()
  setInterval(checkForUpdate, UPDATE_CHECK_INTERVAL_MS)
}
