import { Redis } from 'ioredis'

/** Time limit of a command: the service rather continues without Redis. */
const COMMAND_TIMEOUT_MS = 500
const CONNECT_TIMEOUT_MS = 2000
const MAX_RECONNECT_DELAY_MS = 2000

/**
 * Communication between servers through Redis. It may fail at any time: nothing here throws when Redis is unavailable,
 * and callers continue without it.
 */
export type RedisLink = {
  isUp(): boolean
  /** Sends a message to all servers, including this one. Lost when Redis is unavailable. */
  publish(channel: string): void
  onMessage(channel: string, listener: () => void): void
  /** Adds to counters that expire after `ttlMs`. Resolves to their totals, or null if Redis did not respond. */
  add(counts: readonly (readonly [key: string, by: number])[], ttlMs: number): Promise<number[] | null>
  close(): void
}

/**
 * Connects in the background and reconnects. `url` has been validated by `parseConfig`. `onError` is called once per
 * outage, not for every failed attempt.
 */
export function openRedis(url: string, onError: (error: unknown) => void): RedisLink {
  const options = {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (attempt: number) => Math.min(MAX_RECONNECT_DELAY_MS, 50 * 2 ** attempt),
  }
  const commands = new Redis(url, {
    ...options,
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  })
  // A connection with subscriptions cannot run other commands. It resubscribes by itself, and retries without limit: a
  // subscription that was given up would never be made.
  const subscriber = new Redis(url, { ...options, maxRetriesPerRequest: null })
  const listeners = new Map<string, () => void>()
  let hasReported = false
  for (const redis of [commands, subscriber]) {
    redis.on('error', (error) => {
      if (!hasReported) onError(error)
      hasReported = true
    })
    // Retried by ioredis; the error was reported above.
    redis.connect().catch(() => undefined)
  }
  commands.on('ready', () => {
    hasReported = false
  })
  subscriber.on('message', (channel: string) => listeners.get(channel)?.())

  return {
    isUp: () => commands.status === 'ready',
    publish(channel) {
      if (commands.status === 'ready') commands.publish(channel, '').catch(() => undefined)
    },
    onMessage(channel, listener) {
      listeners.set(channel, listener)
      subscriber.subscribe(channel).catch(onError)
    },
    async add(counts, ttlMs) {
      if (commands.status !== 'ready') return null
      const pipeline = commands.pipeline()
      for (const [key, by] of counts) pipeline.incrby(key, by).pexpire(key, ttlMs)
      try {
        const answers = (await pipeline.exec()) ?? []
        const totals = answers.filter((_, i) => i % 2 === 0)
        if (totals.length !== counts.length || totals.some(([error]) => error !== null)) return null
        return totals.map(([, total]) => Number(total))
      } catch {
        return null
      }
    },
    close() {
      commands.disconnect()
      subscriber.disconnect()
    },
  }
}
