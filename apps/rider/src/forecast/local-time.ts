/** Returns a function from epoch milliseconds to the local hour and minute of an IANA time zone. */
export function localClock(timeZone: string): (time: number) => { hour: number; minute: number } {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (time) => {
    const [hour = 0, minute = 0] = clock.format(time).split(':').map(Number)
    return { hour, minute }
  }
}

/** Whether the local time of the zone differs from this device's. */
export function isElsewhere(timeZone: string, time: number): boolean {
  const there = localClock(timeZone)(time)
  const here = new Date(time)
  return there.hour !== here.getHours() || there.minute !== here.getMinutes()
}

/** A readable name of a time zone: "Los Angeles" for `America/Los_Angeles`, the offset for zones at sea. */
export function placeName(timeZone: string, time: number): string {
  if (!timeZone.startsWith('Etc/')) return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(time)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
