import type { LoggedEvent, RemovalEvent } from '#db/events.ts'
import type { Metrics } from '#platform/metrics.ts'

/** At most one line per interval, so that an attacker cannot fill the log. */
const LINE_EVERY_MS = 60_000

type AlarmLog = { warn(fields: object, text: string): void }

/**
 * An event listener that counts attempts to remove zones and logs at most one line a minute, with the counts since the
 * previous line. `uptime` is a monotonic clock.
 */
export function createRemovalAlarm({
  log,
  metrics,
  uptime,
}: {
  log: AlarmLog
  metrics: Pick<Metrics, 'removals'>
  uptime: () => number
}): (events: readonly LoggedEvent[]) => void {
  const since: Record<RemovalEvent['outcome'], number> = { waiting: 0, held: 0, removed: 0 }
  let loggedAt = Number.NEGATIVE_INFINITY

  return (events) => {
    let last: RemovalEvent | null = null
    for (const { event } of events) {
      if (event.type !== 'removal') continue
      metrics.removals.inc({ outcome: event.outcome })
      since[event.outcome] += 1
      last = event
    }
    if (last === null || uptime() - loggedAt < LINE_EVERY_MS) return
    loggedAt = uptime()
    log.warn(
      { ...since, zoneId: last.zoneId },
      'riders report zones as gone or closed: see "kickstand review list" (waiting: for a moderator; held: by a limit)',
    )
    since.waiting = since.held = since.removed = 0
  }
}
