import { paths, type LiveAvailabilityBody, type LiveZonesBody } from '@kickstand/contract'

export type LiveStatus = 'connecting' | 'live' | 'lost'

export type LiveHandlers = {
  readonly onAvailability: (message: LiveAvailabilityBody) => void
  readonly onZones: (message: LiveZonesBody) => void
  /** The server cannot tell what changed while we were away. */
  readonly onReset: () => void
  readonly onStatus: (status: LiveStatus) => void
}

/** A polite end of a stream reconnects within this time; only a longer silence is worth telling the rider. */
const LOST_AFTER_MS = 6_000
const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 30_000

/**
 * Follows the live figures of some cells until the returned function is called. The browser reconnects by itself after a
 * broken connection and names the last id it saw; where the server refused (and the browser gives up) we ask again, ever
 * more slowly.
 */
export function followLive(cells: readonly string[], handlers: LiveHandlers): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let lost: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_RETRY_MS

  function connect(): void {
    source = new EventSource(`${paths.live()}?cells=${cells.join(',')}`)
    source.addEventListener('open', () => {
      clearTimeout(lost)
      lost = undefined
      wait = FIRST_RETRY_MS
      handlers.onStatus('live')
    })
    source.addEventListener('availability', (event) => {
      const message = parseMessage(event.data, 'zones')
      if (message) handlers.onAvailability(message)
    })
    source.addEventListener('zones', (event) => {
      const message = parseMessage(event.data, 'ids')
      if (message) handlers.onZones(message)
    })
    source.addEventListener('reset', () => handlers.onReset())
    source.addEventListener('error', () => {
      lost ??= setTimeout(() => handlers.onStatus('lost'), LOST_AFTER_MS)
      if (source?.readyState !== EventSource.CLOSED) return
      source.close()
      clearTimeout(retry)
      retry = setTimeout(connect, wait)
      wait = Math.min(LAST_RETRY_MS, wait * 2)
    })
  }

  connect()
  return () => {
    clearTimeout(retry)
    clearTimeout(lost)
    source?.close()
  }
}

/** Each event's body by the name of the list in it. */
type Messages = { readonly zones: LiveAvailabilityBody; readonly ids: LiveZonesBody }

/** A message of the stream, or null where it is not one: a broken line must not break the page. */
export function parseMessage<K extends keyof Messages>(data: unknown, listName: K): Messages[K] | null {
  if (typeof data !== 'string') return null
  try {
    const body: unknown = JSON.parse(data)
    if (typeof body !== 'object' || body === null || !(listName in body)) return null
    return Array.isArray((body as Record<string, unknown>)[listName]) ? (body as Messages[K]) : null
  } catch {
    return null
  }
}
