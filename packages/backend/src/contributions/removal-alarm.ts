import type { LoggedEvent, RemovalEvent } from '#db/events.ts'
import type { Metrics } from '#platform/metrics.ts'

/** Whoever attacks must not write the log: a line at most so often. */
const EVERY_MS = 60_000

type AlarmLog = { warn(fields: object, text: string): void }

/**
 * Hears the events of this process, counts attempts to take zones away and writes a line of them, once a minute at most, with how
 * many there were since the last. `uptime` is a clock that nobody sets.
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
  let toldAt = Number.NEGATIVE_INFINITY

  return (events) => {
    let last: RemovalEvent | null = null
    for (const { event } of events) {
      if (event.type !== 'removal') continue
      metrics.removals.inc({ outcome: event.outcome })
      since[event.outcome] += 1
      last = event
    }
    if (last === null || uptime() - toldAt < EVERY_MS) return
    toldAt = uptime()
    log.warn(
      { ...since, zoneId: last.zoneId },
      'riders say that zones are gone or closed: see "kickstand review list" (waiting: for a moderator; held: by a limit)',
    )
    since.waiting = since.held = since.removed = 0
  }
}
