import { Cron } from 'croner'
import type { Schedule } from './job.ts'

/** Due `ms` after the start of the run before. */
export function every(ms: number): Schedule {
  return (time) => time + ms
}

/**
 * Due each day at a local time, `hh:mm`, of an IANA time zone, once a day over all changes of the clocks. A time that is
 * skipped is taken after the change.
 */
export function dailyAt(time: string, timeZone: string): Schedule {
  const [hours, minutes] = time.split(':').map(Number)
  const cron = new Cron(`${minutes} ${hours} * * *`, { timezone: timeZone })
  return (after) => {
    const next = cron.nextRun(new Date(after))
    if (next === null) throw new Error(`there is no ${time} after ${after} in ${timeZone}`)
    return next.getTime()
  }
}
