/** Minutes from now that the page can show. 0 is the present; all others are forecasts. */
export const AHEAD_MINUTES = [0, 15, 30, 60] as const
export type Ahead = (typeof AHEAD_MINUTES)[number]

/** Parses the minutes of an address (`?in=30`); 0 if invalid. */
export function parseAhead(value: unknown): Ahead {
  return AHEAD_MINUTES.find((minutes) => String(minutes) === String(value)) ?? 0
}
