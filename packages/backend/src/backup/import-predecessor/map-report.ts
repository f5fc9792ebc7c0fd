import type { Level, Problem, ReportKind } from '@kickstand/domain'
import { plainName } from './legacy-source.ts'
import type { LegacyFields } from './legacy-fields.ts'

export type MappedReport = {
  readonly ref: string
  readonly zoneRef: string
  /** Null where nobody is named. */
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

/** No figure of bikes at one zone comes near this; above it it is a mistake. */
const MOST_BIKES = 5000
/** Nobody had such a service before. */
const EARLIEST = Date.UTC(2000, 0, 1)
const AHEAD_TOLERATED = 2 * 60_000

/** A report of the predecessor as one of ours, or why it says nothing that can be kept. `capacityOf`: of the zones taken. */
export function mapReport(
  fields: LegacyFields,
  capacityOf: ReadonlyMap<string, number | null>,
  now: number,
): MappedReport | { readonly refused: string } {
  const ref = fields.text('id', 'uuid', 'reportid')
  if (ref === null) return { refused: 'has no id' }
  const zoneRef = fields.text('zoneid', 'parkingzoneid', 'zone', 'parkingid')
  if (zoneRef === null) return { refused: 'names no zone' }
  const capacity = capacityOf.get(zoneRef)
  if (capacity === undefined) return { refused: 'its zone is not there, or was refused' }
  const at = fields.time('reportedat', 'observedat', 'timestamp', 'createdat', 'date')
  if (at === null) return { refused: 'its time cannot be read' }
  if (at < EARLIEST || at > now + AHEAD_TOLERATED)
    return { refused: 'its time cannot be: it lies before 2000 or in the future' }
  const said = whatIsSaid(fields, capacity)
  if (typeof said === 'string') return { refused: said }
  const userRef = fields.text('userid', 'user', 'reporterid', 'uid')
  return { ref, zoneRef, userRef, at, count: null, level: null, problem: null, ...said }
}

type Said = Pick<MappedReport, 'kind'> & Partial<Pick<MappedReport, 'count' | 'level' | 'problem'>>

function whatIsSaid(fields: LegacyFields, capacity: number | null): Said | string {
  const bikes = fields.number('bikecount', 'count', 'reportedcount', 'occupiedspots', 'occupied', 'occupancy')
  if (bikes !== null) {
    const sane = Number.isInteger(bikes) && bikes >= 0 && bikes <= MOST_BIKES
    return sane ? { kind: 'count', count: bikes } : `its count of bikes cannot be: ${bikes}`
  }
  const free = fields.number('availablespots', 'availablespaces', 'available', 'freespots', 'free')
  if (free !== null) return whatFreeSays(free, capacity)
  const word = fields.text('reporttype', 'status', 'availability', 'level', 'type', 'kind')
  if (word === null) return 'says neither a count nor a level'
  const level = LEVEL_WORDS[plainName(word)]
  if (level !== undefined) return { kind: 'level', level }
  const problem = PROBLEM_WORDS[plainName(word)]
  return problem === undefined
    ? `"${word.slice(0, 40)}" is no level and no problem that we know`
    : { kind: 'problem', problem }
}

/** Free spaces are counted from the capacity; where that is unknown only "none" says something. */
function whatFreeSays(free: number, capacity: number | null): Said | string {
  if (!Number.isInteger(free) || free < 0) return `its number of free spaces cannot be: ${free}`
  if (free === 0) return { kind: 'level', level: 'full' }
  if (capacity === null) return 'tells free spaces of a zone whose capacity nobody knows'
  return free > capacity ? `${free} spaces free of ${capacity} cannot be` : { kind: 'count', count: capacity - free }
}
