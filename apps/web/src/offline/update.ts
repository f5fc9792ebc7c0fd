import { useSyncExternalStore } from 'react'

let load: (() => void) | null = null
const listeners = new Set<() => void>()

/** A new version of the page lies ready; `run` loads it. */
export function offerUpdate(run: () => void): void {
  load = run
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Loads the new version of the page, or null where there is none. */
export function useUpdate(): (() => void) | null {
  return useSyncExternalStore(subscribe, () => load)
}
