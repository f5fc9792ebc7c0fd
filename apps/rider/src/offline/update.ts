import { useSyncExternalStore } from 'react'

let load: (() => void) | null = null
const listeners = new Set<() => void>()

/** Announces that a new version of the page is ready; `run` loads it. */
export function offerUpdate(run: () => void): void {
  load = run
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A function that loads the new version of the page; null if there is none. */
export function useUpdate(): (() => void) | null {
  return useSyncExternalStore(subscribe, () => load)
}
