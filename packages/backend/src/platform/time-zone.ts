import lookUp from '@photostructure/tz-lookup'

const MINUTE = 60_000
/** Resolution of the cache: about a kilometre. */
const PLACES_PER_DEGREE = 100
const MAX_CACHED_PLACES = 50_000

const zones = new Map<string, string>()
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The IANA time zone of a point in degrees WGS84, or `UTC`. */
export function timeZoneAt(lat: number, lng: number): string {
  const key = `${Math.round(lat * PLACES_PER_DEGREE)},${Math.round(lng * PLACES_PER_DEGREE)}`
  const known = zones.get(key)
  if (known !== undefined) return known
  if (zones.size >= MAX_CACHED_PLACES) zones.clear()
  const zone = supportedZone(lookUp(Math.max(-90, Math.min(90, lat)), Math.max(-180, Math.min(180, lng))))
  zones.set(key, zone)
  return zone
}

/** UTC offset of an IANA time zone at `time` (epoch milliseconds), in milliseconds. */
export function offsetAt(timeZone: string, time: number): number {
  const name = clockOf(timeZone)
    .formatToParts(time)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d+):?(\d+)?:?(\d+)?/.exec(name ?? '') ?? []
  if (sign === undefined) return 0
  const ahead = Number(hours) * 60 * MINUTE + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * 1_000
  return sign === '-' ? -ahead : ahead
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  clocks.set(timeZone, made)
  return made
}

/** The lookup table may have a zone that this version of Node does not support. */
function supportedZone(zone: string): string {
  try {
    clockOf(zone)
    return zone
  } catch {
    return 'UTC'
  }
}
