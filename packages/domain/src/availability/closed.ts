import type { Availability } from './availability.ts'
import { NOTHING_KNOWN } from './publish.ts'

/** The answer outside of a zone's opening hours: that it is closed, and nothing about spaces that nobody can reach. */
export const CLOSED: Availability = { ...NOTHING_KNOWN, state: 'closed' }
