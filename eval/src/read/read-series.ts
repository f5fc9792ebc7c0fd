import { DomainError, zoneOffsets } from '@kickstand/domain'
import { noneDropped, type Lot, type Series } from '../series.ts'
import { cleanLot, daysCovered, type RawLot } from './clean.ts'
import { localTimeReader } from './local-time.ts'
import { numberIn, readRows } from './table.ts'

export const FORMATS = ['birmingham', 'wide', 'wide-changes'] as const
export type Format = (typeof FORMATS)[number]

export type SeriesOptions = {
  readonly series: string
  readonly lots?: string | undefined
  readonly format?: Format | undefined
  readonly timeZone?: string | undefined
  readonly minCapacity?: number | undefined
  readonly maxCapacity?: number | undefined
  /** Minimum number of days with readings; lots with fewer are dropped. */
  readonly minDays: number
}

/**
 * Reads a file with real occupancy: `birmingham` (a row per lot and time), `wide` (a column of free places per lot; empty means no
 * reading) or `wide-changes` (empty means unchanged), optionally gzipped. Without a format it is detected from the header. Without a
 * time zone, the times of a wide file are read as UTC, which still gives the right local hour of the week.
 */
export async function readSeries(options: SeriesOptions): Promise<Series> {
  const format = options.format ?? (await formatOf(options.series))
  const timeZone = checkTimeZone(options.timeZone ?? (format === 'birmingham' ? 'Europe/London' : 'UTC'))
  const capacities = options.lots === undefined ? new Map<string, number>() : await readLots(options.lots)
  const raw = await (format === 'birmingham'
    ? readLong(options.series, timeZone, capacities)
    : readWide(options.series, timeZone, capacities, format === 'wide-changes'))
  if (options.lots !== undefined && !raw.some(({ id }) => capacities.has(id))) {
    throw unreadable(
      `${options.lots} has none of the lots of ${options.series} (${raw
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')} …) with a capacity.`,
      'Expected the same ids in both.',
    )
  }
  const dropped = noneDropped()
  const lots: Lot[] = []
  for (const one of raw) {
    if (one.capacity < (options.minCapacity ?? 1) || one.capacity > (options.maxCapacity ?? Infinity)) continue
    const lot = cleanLot(one, dropped)
    if (daysCovered(lot) < options.minDays) dropped.lots += 1
    else lots.push(lot)
  }
  if (lots.length === 0) {
    const sizes = raw.map(({ capacity }) => capacity)
    throw unreadable(
      raw.length > 0 && dropped.lots === 0
        ? `No lot of ${options.series} has a capacity in the range asked for; they have ${Math.min(...sizes)} to ${Math.max(...sizes)} spaces.`
        : `No lot of ${options.series} has readings on ${Math.ceil(options.minDays)} days.`,
      raw.length > 0 && dropped.lots === 0
        ? 'Use another --min-capacity or --max-capacity.'
        : 'Use a longer series, fewer --train-weeks, or another --format.',
    )
  }
  return { lots, dropped, timeZone }
}

function unreadable(what: string, remedy: string): DomainError {
  return new DomainError('unreadable-file', `${what} ${remedy}`)
}

function checkTimeZone(timeZone: string): string {
  try {
    zoneOffsets(timeZone)
    return timeZone
  } catch {
    throw new DomainError(
      'invalid-request',
      `There is no time zone ${timeZone}. Expected an IANA name such as Europe/Madrid.`,
    )
  }
}

async function formatOf(file: string): Promise<Format> {
  for await (const header of readRows(file)) return header[0] === 'SystemCodeNumber' ? 'birmingham' : 'wide'
  return 'wide'
}

/** Columns of a lots file that may have the capacity. */
const CAPACITY_COLUMNS = ['capacity', 'capacity_published', 'max_free_observed']

/** Capacities by id: the published one, or the largest number of free places observed if that is higher. */
async function readLots(file: string): Promise<Map<string, number>> {
  const capacities = new Map<string, number>()
  let header: string[] | null = null
  for await (const row of readRows(file)) {
    if (header === null) {
      header = row.map((name) => name.trim())
      if (!header.includes('id') || !CAPACITY_COLUMNS.some((name) => header?.includes(name))) {
        throw unreadable(
          `${file} begins with "${header.join(',')}".`,
          `Expected a header with the column id and one of ${CAPACITY_COLUMNS.join(', ')}.`,
        )
      }
      continue
    }
    const cell = (name: string): number => numberIn(row[header?.indexOf(name) ?? -1])
    const published = Number.isNaN(cell('capacity')) ? cell('capacity_published') : cell('capacity')
    const seen = cell('max_free_observed')
    // A lot has at least as many places as were ever free.
    const capacity = Math.max(...[published, seen].filter((value) => value > 0), 0)
    if (capacity > 0) capacities.set(row[header.indexOf('id')].trim(), capacity)
  }
  return capacities
}

const LONG_COLUMNS = ['SystemCodeNumber', 'Occupancy', 'LastUpdated']

async function readLong(file: string, timeZone: string, capacities: Map<string, number>): Promise<RawLot[]> {
  const lots = new Map<string, RawLot & { readonly read: (text: string) => number }>()
  const times = timeCheck(file)
  let header: string[] | null = null
  for await (const row of readRows(file)) {
    if (header === null) {
      header = row.map((name) => name.trim())
      const missing = LONG_COLUMNS.filter((name) => !header?.includes(name))
      if (missing.length > 0) {
        throw unreadable(`${file} has no column ${missing.join(', ')}.`, `Expected ${LONG_COLUMNS.join(',')}.`)
      }
      continue
    }
    const cell = (name: string): string | undefined => row[header?.indexOf(name) ?? -1]
    const id = (cell('SystemCodeNumber') ?? '').trim()
    let lot = lots.get(id)
    if (lot === undefined) {
      const capacity = capacities.get(id) ?? numberIn(cell('Capacity'))
      lot = { id, capacity, times: [], occupied: [], read: localTimeReader(timeZone) }
      lots.set(id, lot)
    }
    const minute = lot.read(cell('LastUpdated') ?? '')
    if (!times.check(minute, cell('LastUpdated'))) continue
    lot.times.push(minute)
    lot.occupied.push(numberIn(cell('Occupancy')))
  }
  times.end()
  // Without a capacity, the highest occupancy is used.
  return [...lots.values()]
    .map((lot) => (lot.capacity > 0 ? lot : { ...lot, capacity: largestReading(lot.occupied) }))
    .filter(({ capacity }) => capacity > 0)
}

const WIDE_HEADER = 'a header of "time" and a name for each lot, separated by commas'
/** Values that feeds write for "not known"; never a capacity. */
const SENTINELS = new Set([9_999, 32_767, 65_535, 99_999, 999_999])

/** The largest value except sentinels; 0 for none. */
function largestReading(values: readonly number[]): number {
  return values.reduce((max, value) => (value > max && !SENTINELS.has(value) ? value : max), 0)
}

/** Skips lines whose time cannot be parsed. Throws for a file without any valid time, with the first invalid one. */
function timeCheck(file: string) {
  let read = 0
  let first: string | null = null
  return {
    check(minute: number, text: string | undefined): boolean {
      if (!Number.isNaN(minute)) {
        read += 1
        return true
      }
      first ??= text ?? ''
      return false
    },
    end(): void {
      if (read > 0) return
      throw unreadable(
        first === null ? `${file} has no readings.` : `No line of ${file} has a valid time; the first is "${first}".`,
        'Expected times such as 2024-05-31T08:15 or 2024-05-31 08:15:00.',
      )
    },
  }
}

async function readWide(
  file: string,
  timeZone: string,
  capacities: Map<string, number>,
  changesOnly: boolean,
): Promise<RawLot[]> {
  const read = localTimeReader(timeZone)
  const times = timeCheck(file)
  let columns: { id: string; times: number[]; free: number[]; last: number }[] | null = null
  for await (const row of readRows(file)) {
    if (columns === null) {
      const ids = row.slice(1).map((id) => id.trim())
      const twice = ids.find((id, i) => ids.indexOf(id) !== i)
      if (ids.length === 0) throw unreadable(`${file} begins with "${row.join(',')}".`, `Expected ${WIDE_HEADER}.`)
      if (twice !== undefined) throw unreadable(`${file} has two columns "${twice}".`, `Expected ${WIDE_HEADER}.`)
      columns = ids.map((id) => ({ id, times: [], free: [], last: Number.NaN }))
      continue
    }
    const minute = read(row[0])
    if (!times.check(minute, row[0])) continue
    columns.forEach((column, i) => {
      let free = numberIn(row[i + 1])
      if (Number.isNaN(free) && changesOnly) free = column.last
      if (Number.isNaN(free)) return
      column.last = free
      column.times.push(minute)
      column.free.push(free)
    })
  }
  times.end()
  // Sensors report negative numbers of free places for "not known".
  return (columns ?? []).flatMap(({ id, times: at, free }) => {
    const capacity = capacities.get(id) ?? largestReading(free)
    return capacity > 0
      ? [{ id, capacity, times: at, occupied: free.map((value) => (value < 0 ? Number.NaN : capacity - value)) }]
      : []
  })
}
