import type { EventLog } from '#db/event-log.ts'
import type { RedisLink } from '#platform/redis.ts'
import type { Tail } from './tail.ts'

const CHANNEL = 'kickstand:events'
/** Commits within this time send one message. */
const GATHER_MS = 10

/**
 * Servers notify each other of commits through Redis, so that their tails read at once and not only at the next poll. A
 * lost message only costs the time until that poll.
 */
export function connectWakeUps(redis: RedisLink, eventLog: EventLog, tail: Tail): void {
  let timer: NodeJS.Timeout | null = null
  eventLog.onCommitted(() => {
    timer ??= setTimeout(() => {
      timer = null
      redis.publish(CHANNEL)
    }, GATHER_MS)
  })
  redis.onMessage(CHANNEL, () => tail.wake())
}
