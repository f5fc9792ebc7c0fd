import type { EventLog } from '#db/event-log.ts'
import type { RedisLink } from '#platform/redis.ts'
import type { Tail } from './tail.ts'

const CHANNEL = 'kickstand:events'
/** Many commits in a row wake the others once. */
const GATHER_MS = 10

/**
 * Has the servers tell each other of commits, so that their tails read at once and not only at their next turn. A message
 * that is lost costs the wait for that turn and nothing else.
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
