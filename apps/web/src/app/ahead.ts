/** How far ahead the page may look, in minutes. 0 is now: what is seen, not what is foreseen. */
export const AHEAD_MINUTES = [0, 15, 30, 60] as const
export type Ahead = (typeof AHEAD_MINUTES)[number]

/** The minutes of an address (`?in=30`); anything else is now. */
export function parseAhead(value: unknown): Ahead {
  return AHEAD_MINUTES.find((minutes) => String(minutes) === String(value)) ?? 0
}
