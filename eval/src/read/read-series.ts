import { DomainError } from '@kickstand/domain'
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
  /** Days with readings that a lot must have to be judged. */
  readonly minDays: number
}

/**
 * Reads a file of what really happened: `birmingham` (a row per lot and time), `wide` (a column of free places per lot, empty
 * is no reading) or `wide-changes` (empty is unchanged), gzip or not; without a format it is told by the header. Without a time
 * zone a wide file's times are taken as they stand: the hour of the week is then right all the same.
 */
export async function readSeries(options: SeriesOptions): Promise<Series> {
  const format = options.format ?? (await formatOf(options.series))
  const timeZone = options.timeZone ?? (format === 'birmingham' ? 'Europe/London' : 'UTC')
  const capacities = options.lots === undefined ? new Map<string, number>() : await readLots(options.lots)
  const raw = await (format === 'birmingham'
    ? readLong(options.series, timeZone, capacities)
    : readWide(options.series, timeZone, capacities, format === 'wide-changes'))
  const dropped = noneDropped()
  const lots: Lot[] = []
  for (const one of raw) {
    if (one.capacity < (options.minCapacity ?? 1) || one.capacity > (options.maxCapacity ?? Infinity)) continue
    const lot = cleanLot(one, dropped)
    if (daysCovered(lot) < options.minDays) dropped.lots += 1
    else lots.push(lot)
  }
  if (lots.length === 0) {
    throw new DomainError(
      'unreadable-file',
      `No lot of ${options.series} has readings on ${options.minDays} days. Use a longer series, fewer --train-weeks, or another --format.`,
    )
  }
  return { lots, dropped, timeZone }
}

async function formatOf(file: string): Promise<Format> {
  for await (const header of readRows(file)) return header[0] === 'SystemCodeNumber' ? 'birmingham' : 'wide'
  return 'wide'
}

/** Capacities by id: what is published, else the largest number of free places ever seen. */
async function readLots(file: string): Promise<Map<string, number>> {
  const capacities = new Map<string, number>()
  let header: string[] | null = null
  for await (const row of readRows(file)) {
    if (header === null) {
      header = row
      continue
    }
    const cell = (name: string): number => numberIn(row[header?.indexOf(name) ?? -1])
    const published = Number.isNaN(cell('capacity')) ? cell('capacity_published') : cell('capacity')
    const seen = cell('max_free_observed')
    // A lot that showed more free places than it is said to have has at least those.
    const capacity = Math.max(...[published, seen].filter((value) => value > 0), 0)
    if (capacity > 0) capacities.set(row[0], capacity)
  }
  return capacities
}

async function readLong(file: string, timeZone: string, capacities: Map<string, number>): Promise<RawLot[]> {
  const lots = new Map<string, RawLot & { readonly read: (text: string) => number }>()
  let header: string[] | null = null
  for await (const row of readRows(file)) {
    if (header === null) {
      header = row
      continue
    }
    const cell = (name: string): string | undefined => row[header?.indexOf(name) ?? -1]
    const id = cell('SystemCodeNumber') ?? ''
    let lot = lots.get(id)
    if (lot === undefined) {
      const capacity = capacities.get(id) ?? numberIn(cell('Capacity'))
      lot = { id, capacity, times: [], occupied: [], read: localTimeReader(timeZone) }
      lots.set(id, lot)
    }
    const minute = lot.read(cell('LastUpdated') ?? '')
    if (Number.isNaN(minute)) continue
    lot.times.push(minute)
    lot.occupied.push(numberIn(cell('Occupancy')))
  }
  return [...lots.values()].filter(({ capacity }) => capacity > 0)
}

async function readWide(
  file: string,
  timeZone: string,
  capacities: Map<string, number>,
  changesOnly: boolean,
): Promise<RawLot[]> {
  const read = localTimeReader(timeZone)
  let columns: { id: string; times: number[]; free: number[]; last: number; largest: number }[] | null = null
  for await (const row of readRows(file)) {
    if (columns === null) {
      columns = row.slice(1).map((id) => ({ id, times: [], free: [], last: Number.NaN, largest: 0 }))
      continue
    }
    const minute = read(row[0])
    if (Number.isNaN(minute)) continue
    columns.forEach((column, i) => {
      let free = numberIn(row[i + 1])
      if (Number.isNaN(free) && changesOnly) free = column.last
      if (Number.isNaN(free)) return
      column.last = free
      if (free > column.largest) column.largest = free
      column.times.push(minute)
      column.free.push(free)
    })
  }
  return (columns ?? []).flatMap(({ id, times, free, largest }) => {
    const capacity = capacities.get(id) ?? largest
    return capacity > 0 ? [{ id, capacity, times, occupied: free.map((value) => capacity - value) }] : []
  })
}
