import type { Level, Problem, ReportKind } from '@kickstand/domain'
import { plainName } from './predecessor-source.ts'
import type { PredecessorFields } from './predecessor-fields.ts'

export type MappedReport = {
  readonly ref: string
  readonly zoneRef: string
  /** Null for an anonymous report. */
  readonly userRef: string | null
  readonly kind: ReportKind
  readonly count: number | null
  readonly level: Level | null
  readonly problem: Problem | null
  /** Epoch milliseconds. */
  readonly at: number
}

const LEVEL_WORDS: Readonly<Record<string, Level>> = {
  full: 'full',
  nospots: 'full',
  nospace: 'full',
  occupied: 'full',
  unavailable: 'full',
  few: 'few',
  limited: 'few',
  almostfull: 'few',
  busy: 'few',
  some: 'some',
  moderate: 'some',
  half: 'some',
  available: 'plenty',
  plenty: 'plenty',
  empty: 'plenty',
  free: 'plenty',
  many: 'plenty',
}
const PROBLEM_WORDS: Readonly<Record<string, Problem>> = {
  closed: 'closed',
  removed: 'removed',
  blocked: 'blocked',
  obstructed: 'blocked',
  faded: 'faded',
  unsafe: 'unsafe',
  danger: 'unsafe',
  theft: 'unsafe',
}

/** Maximum plausible number of motorcycles at one zone. */
const MAX_BIKES = 5000
/** Earliest plausible time of a report. */
const EARLIEST_TIME = Date.UTC(2000, 0, 1)
const MAX_AHEAD_MS = 2 * 60_000

/**
 * Converts a report of the predecessor, or returns why it is rejected. `capacityOf`: capacities of the imported zones.
 */
export function mapReport(
  fields: PredecessorFields,
  capacityOf: ReadonlyMap<string, number | null>,
  now: number,
): MappedReport | { readonly rejected: string } {
  const ref = fields.text('id', 'uuid', 'reportid')
  if (ref === null) return { rejected: 'has no id' }
  const zoneRef = fields.text('zoneid', 'parkingzoneid', 'zone', 'parkingid')
  if (zoneRef === null) return { rejected: 'names no zone' }
  const capacity = capacityOf.get(zoneRef)
  if (capacity === undefined) return { rejected: 'its zone is not there, or was rejected' }
  const at = fields.time('reportedat', 'observedat', 'timestamp', 'createdat', 'date')
  if (at === null) return { rejected: 'its time cannot be read' }
  if (at < EARLIEST_TIME || at > now + MAX_AHEAD_MS)
    return { rejected: 'its time is implausible: it is before 2000 or in the future' }
  const content = contentOf(fields, capacity)
  if (typeof content === 'string') return { rejected: content }
  const userRef = fields.text('userid', 'user', 'reporterid', 'uid')
  return { ref, zoneRef, userRef, at, count: null, level: null, problem: null, ...content }
}

type ReportContent = Pick<MappedReport, 'kind'> & Partial<Pick<MappedReport, 'count' | 'level' | 'problem'>>

function contentOf(fields: PredecessorFields, capacity: number | null): ReportContent | string {
  const bikes = fields.number('bikecount', 'count', 'reportedcount', 'occupiedspots', 'occupied', 'occupancy')
  if (bikes !== null) {
    const sane = Number.isInteger(bikes) && bikes >= 0 && bikes <= MAX_BIKES
    return sane ? { kind: 'count', count: bikes } : `its count of motorcycles is implausible: ${bikes}`
  }
  const free = fields.number('availablespots', 'availablespaces', 'available', 'freespots', 'free')
  if (free !== null) return contentOfFree(free, capacity)
  const word = fields.text('reporttype', 'status', 'availability', 'level', 'type', 'kind')
  if (word === null) return 'has neither a count nor a level'
  const level = LEVEL_WORDS[plainName(word)]
  if (level !== undefined) return { kind: 'level', level }
  const problem = PROBLEM_WORDS[plainName(word)]
  return problem === undefined ? `"${word.slice(0, 40)}" is not a known level or problem` : { kind: 'problem', problem }
}

/** Converts free spaces with the capacity; without a capacity only 0 is meaningful. */
function contentOfFree(free: number, capacity: number | null): ReportContent | string {
  if (!Number.isInteger(free) || free < 0) return `its number of free spaces is implausible: ${free}`
  if (free === 0) return { kind: 'level', level: 'full' }
  if (capacity === null) return 'has free spaces of a zone whose capacity is unknown'
  return free > capacity
    ? `${free} free spaces of ${capacity} are implausible`
    : { kind: 'count', count: capacity - free }
}
