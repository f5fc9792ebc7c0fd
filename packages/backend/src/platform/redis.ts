import { Redis } from 'ioredis'

/** Beyond this a command counts as failed: who waits for Redis would rather go on without it. */
const COMMAND_MS = 500
const CONNECT_MS = 2000
const RECONNECT_AT_MOST_MS = 2000

/**
 * What servers tell each other through Redis. All of it may fail at any time: nothing here throws for an absent Redis, and
 * whoever uses it goes on by itself meanwhile.
 */
export type RedisLink = {
  isUp(): boolean
  /** Tells all servers, this one too. Lost where Redis is away. */
  publish(channel: string): void
  onMessage(channel: string, listener: () => void): void
  /** Adds to counters that end after `keptMs`; resolves to their totals, or null where Redis did not answer. */
  add(counts: readonly (readonly [key: string, by: number])[], keptMs: number): Promise<number[] | null>
  close(): void
}

/**
 * Connects in the background and again whenever the connection goes. `url` has been validated by `parseConfig`.
 * `onError` hears of each change for the worse once, not of every failed try.
 */
export function openRedis(url: string, onError: (error: unknown) => void): RedisLink {
  const options = {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: (tried: number) => Math.min(RECONNECT_AT_MOST_MS, 50 * 2 ** tried),
  }
  const commands = new Redis(url, {
    ...options,
    commandTimeout: COMMAND_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  })
  // A connection that listens can do nothing else; it takes up its channels again by itself. It waits as long as it must: a
  // subscription that was given up is never made.
  const listening = new Redis(url, { ...options, maxRetriesPerRequest: null })
  const listeners = new Map<string, () => void>()
  let complained = false
  for (const redis of [commands, listening]) {
    redis.on('error', (error) => {
      if (!complained) onError(error)
      complained = true
    })
    // Tried again by itself; what went wrong has been heard above.
    redis.connect().catch(() => undefined)
  }
  commands.on('ready', () => {
    complained = false
  })
  listening.on('message', (channel: string) => listeners.get(channel)?.())

  return {
    isUp: () => commands.status === 'ready',
    publish(channel) {
      if (commands.status === 'ready') commands.publish(channel, '').catch(() => undefined)
    },
    onMessage(channel, listener) {
      listeners.set(channel, listener)
      listening.subscribe(channel).catch(onError)
    },
    async add(counts, keptMs) {
      if (commands.status !== 'ready') return null
      const pipeline = commands.pipeline()
      for (const [key, by] of counts) pipeline.incrby(key, by).pexpire(key, keptMs)
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
      listening.disconnect()
    },
  }
}
