import type { Availability } from './availability.ts'

/** The answer outside of a zone's opening hours: that it is closed, and nothing about spaces that nobody can reach. */
export const CLOSED: Availability = {
  state: 'closed',
  expectedFree: null,
  freeLow: null,
  freeHigh: null,
  chance: null,
  observedAt: null,
  source: 'none',
  reports: 0,
  reportsDisagree: false,
  capacityDoubted: false,
}
