/**
 * Ages are computed with the server's clock, because a phone's may be minutes off. Each fresh answer has the server's
 * `Date`. An answer from a cache (with `Age`) has an old one and is ignored.
 */
let offsetMs = 0

/** Difference of the server's clock from this device's, from the headers of one answer received at `now` (epoch ms). */
export function clockOffset(headers: Headers, now: number): number | null {
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date) || Number(headers.get('age') ?? 0) > 0) return null
  const offset = date + 500 - now // `Date` is truncated to the second: adds the mean error of half a second
  return Math.abs(offset) < 2_000 ? 0 : offset
}

export function updateServerTime(headers: Headers): void {
  offsetMs = clockOffset(headers, Date.now()) ?? offsetMs
}

/** Epoch milliseconds by the server's clock, as estimated from the latest answer. */
export function serverNow(): number {
  return Date.now() + offsetMs
}
