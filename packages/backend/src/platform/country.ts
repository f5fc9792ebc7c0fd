const A = 65
const LETTERS = 26

let countries: Map<string, string> | null = null

/**
 * The country (ISO 3166-1 alpha-2, lower case) that an IANA time zone lies in, or null. Where several share it, the
 * first.
 */
export function countryOfTimeZone(timeZone: string): string | null {
  countries ??= readCountries()
  return countries.get(timeZone) ?? countries.get(canonical(timeZone)) ?? null
}

/** Inverts Node's table of the time zones of a country. */
function readCountries(): Map<string, string> {
  const found = new Map<string, string>()
  for (let i = 0; i < LETTERS * LETTERS; i += 1) {
    const code = String.fromCharCode(A + Math.floor(i / LETTERS), A + (i % LETTERS))
    for (const zone of timeZonesOf(code)) {
      for (const name of [zone, canonical(zone)]) if (!found.has(name)) found.set(name, regionOf(code))
    }
  }
  return found
}

/** The canonical name of a time zone. A renamed zone has two names (Asia/Kolkata, Asia/Calcutta). */
function canonical(timeZone: string): string {
  return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
}

/** Called by name, since TypeScript's declarations lack the method. */
function timeZonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`)
  const read: unknown = Reflect.get(locale, 'getTimeZones')
  const zones: unknown = typeof read === 'function' ? Reflect.apply(read, locale, []) : []
  return Array.isArray(zones) ? zones.filter((zone) => typeof zone === 'string') : []
}

/** The current code of a country: `DE` for `DD`, for example. */
function regionOf(code: string): string {
  return (new Intl.Locale(`und-${code}`).maximize().region ?? code).toLowerCase()
}
