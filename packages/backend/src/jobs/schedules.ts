import { Cron } from 'croner'
import type { Schedule } from './job.ts'

/** Due `ms` milliseconds after the start of the previous run. */
export function every(ms: number): Schedule {
  return (time) => time + ms
}

/**
 * Due once a day at a local time (`hh:mm`) of an IANA time zone, also on days on which the clocks change. If the change
 * skips that time, the run is due after the change.
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
