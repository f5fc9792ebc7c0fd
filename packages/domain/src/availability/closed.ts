import type { Availability } from './availability.ts'
import { NOTHING_KNOWN } from './publish.ts'

/** The answer outside of a zone's opening hours: closed, without figures. */
export const CLOSED: Availability = { ...NOTHING_KNOWN, state: 'closed' }
