/**
 * Ages are computed with the server's clock, because a device's may be minutes off. Each fresh answer has the server's
 * `Date`. An answer from a cache (with `Age`) has an old one and is ignored.
 */
export type ServerClock = {
  /** Epoch milliseconds by the server's clock, as estimated from the latest answer. */
  now(): number
  /** Takes the headers of an answer that has just been received. */
  update(headers: Headers): void
}

/** @param deviceNow epoch milliseconds by the clock of the device */
export function createServerClock(deviceNow: () => number): ServerClock {
  let offsetMs = 0
  return {
    now: () => deviceNow() + offsetMs,
    update(headers) {
      offsetMs = clockOffset(headers, deviceNow()) ?? offsetMs
    },
  }
}

/** Difference of the server's clock from the device's, from the headers of one answer received at `now` (epoch ms). */
function clockOffset(headers: Headers, now: number): number | null {
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date) || Number(headers.get('age') ?? 0) > 0) return null
  const offset = date + 500 - now // `Date` is truncated to the second: adds the mean error of half a second
  return Math.abs(offset) < 2_000 ? 0 : offset
}
