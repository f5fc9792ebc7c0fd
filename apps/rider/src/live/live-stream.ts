import { paths } from '@kickstand/client'
import type { LiveAvailabilityBody, LiveZonesBody } from '@kickstand/contract'

export type LiveStatus = 'connecting' | 'live' | 'lost'

export type LiveHandlers = {
  readonly onAvailability: (message: LiveAvailabilityBody) => void
  readonly onZones: (message: LiveZonesBody) => void
  /** Messages may have been missed: all visible data must be fetched again. */
  readonly onReset: () => void
  readonly onStatus: (status: LiveStatus) => void
}

/**
 * A stream that the server ends normally reconnects within this time. The page shows "Not live" only after a longer
 * gap.
 */
const LOST_AFTER_MS = 6_000
/**
 * The server sends a heartbeat every 20 seconds. A stream without messages for longer is dead, even if it looks open.
 */
const SILENCE_TIMEOUT_MS = 25_000
const FIRST_RETRY_MS = 2_000
const MAX_RETRY_MS = 30_000

/**
 * Follows the live figures of some cells until the returned function is called. The browser reconnects by itself after
 * a broken connection and sends the last id that it received. Where the server rejected the request (and the browser
 * gives up) or fell silent, a new stream is opened and all data is fetched again: a new stream has no last id.
 */
export function followLive(cells: readonly string[], handlers: LiveHandlers): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let lost: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_RETRY_MS
  let isLive = false

  function restartSilenceTimer(): void {
    clearTimeout(silence)
    silence = setTimeout(reopen, SILENCE_TIMEOUT_MS)
  }

  function connect(): void {
    let isReopened = source !== null
    const opened = new EventSource(`${paths.live()}?cells=${cells.join(',')}`)
    source = opened
    restartSilenceTimer()
    opened.addEventListener('open', () => {
      restartSilenceTimer()
      clearTimeout(lost)
      lost = undefined
      wait = FIRST_RETRY_MS
      isLive = true
      handlers.onStatus('live')
      if (isReopened) handlers.onReset()
      isReopened = false
    })
    function on(name: string, handle: (data: unknown) => void): void {
      opened.addEventListener(name, ({ data }) => {
        restartSilenceTimer()
        handle(data)
      })
    }
    on('heartbeat', () => undefined)
    on('availability', (data) => {
      const message = parseMessage(data, 'zones')
      if (message) handlers.onAvailability(message)
    })
    on('zones', (data) => {
      const message = parseMessage(data, 'ids')
      if (message) handlers.onZones(message)
    })
    on('reset', handlers.onReset)
    opened.addEventListener('error', () => {
      restartSilenceTimer()
      isLive = false
      lost ??= setTimeout(() => handlers.onStatus('lost'), LOST_AFTER_MS)
      if (opened.readyState !== EventSource.CLOSED) return
      clearTimeout(silence)
      clearTimeout(retry)
      retry = setTimeout(connect, wait)
      wait = Math.min(MAX_RETRY_MS, wait * 2)
    })
  }

  function reopen(): void {
    close()
    isLive = false
    handlers.onStatus('lost')
    connect()
  }
  function close(): void {
    for (const timer of [retry, lost, silence]) clearTimeout(timer)
    lost = undefined
    source?.close()
  }
  /** The browser's online state is a guess. A new stream shows whether there is a connection. */
  function onNetwork({ type }: Event): void {
    if (type === 'offline' || !isLive) reopen()
  }

  addEventListener('offline', onNetwork)
  addEventListener('online', onNetwork)
  connect()
  return () => {
    removeEventListener('offline', onNetwork)
    removeEventListener('online', onNetwork)
    close()
  }
}

/** The events' bodies by the name of their list. */
type Messages = { readonly zones: LiveAvailabilityBody; readonly ids: LiveZonesBody }

/** Parses a message of the stream; null if it is invalid. */
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
