import type { QueryClient } from '@tanstack/react-query'
import { serverNow } from '../api/server-clock.ts'
import { keepKnown } from './keep-known.ts'
import { openKnownStore } from './known-store.ts'
import { showOwnSightings } from './own-sightings.ts'
import { offerUpdate } from './update.ts'

const LOOK_FOR_UPDATES_MS = 60 * 60_000

/** What the page does to go on without a network. It works as well without any of this, where a browser forbids it. */
export function startOffline(client: QueryClient): void {
  showOwnSightings(client, serverNow)
  openKnownStore().then(
    (store) => keepKnown(client, store),
    () => undefined,
  )
  if (import.meta.env.PROD && 'serviceWorker' in navigator) registerWorker().catch(() => undefined)
}

/** The worker holds the page itself. A new one waits until the rider says so: nobody loses what they are tapping. */
async function registerWorker(): Promise<void> {
  const { serviceWorker } = navigator
  let isControlled = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    // The first worker takes over a page that is its own version already.
    if (isControlled) location.reload()
    isControlled = true
  })
  const registration = await serviceWorker.register('/sw.js')
  function offer(): void {
    const { waiting } = registration
    if (waiting !== null && serviceWorker.controller !== null) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker takes none, unlike a window
      offerUpdate(() => waiting.postMessage({ type: 'SKIP_WAITING' }))
    }
  }
  offer()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer))
  const look = (): void => void registration.update().catch(() => undefined)
  // Browsers look by themselves, but take their time.
  look()
  setInterval(look, LOOK_FOR_UPDATES_MS)
}
