/**
 * Ages are told by the server's clock, since a phone's may be minutes off. Each fresh answer carries the server's `Date`;
 * an answer from a cache (`Age`) would carry an old one and is passed over.
 */
let offsetMs = 0

/** Difference of the server's clock from this device's, from the headers of one answer received at `now` (epoch ms). */
export function clockOffset(headers: Headers, now: number): number | null {
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date) || Number(headers.get('age') ?? 0) > 0) return null
  const offset = date + 500 - now // `Date` is cut to the second: its middle is half a second later
  return Math.abs(offset) < 2_000 ? 0 : offset
}

export function learnServerTime(headers: Headers): void {
  offsetMs = clockOffset(headers, Date.now()) ?? offsetMs
}

/** Epoch milliseconds by the server's clock, as far as this device knows. */
export function serverNow(): number {
  return Date.now() + offsetMs
}
