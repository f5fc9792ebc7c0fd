import type { FigureBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { LATENCY_BOUNDS_MS, type Figure } from '#platform/minute-figures.ts'
import { readFigureRows } from './figure-store.ts'
import type { MinuteFiguresTable } from './tables.ts'

const MINUTE_MS = 60_000
const MAX_STEPS = 1_500

/** Times in epoch milliseconds. `stepMinutes`: length of the periods that are added up. */
export type FiguresQuery = {
  readonly from: number
  readonly to: number
  readonly stepMinutes: number
  readonly kind: Figure['kind'] | null
}

/**
 * The figures of all servers together, by period, kind and label. Throws `invalid-request` for a range that ends before it
 * begins or has too many periods.
 */
export async function readFigures(db: DbReader, { from, to, stepMinutes, kind }: FiguresQuery): Promise<FigureBody[]> {
  const [first, end] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)]
  if (end <= first || (end - first) / stepMinutes > MAX_STEPS) {
    const text = `from must be before to, with at most ${MAX_STEPS} steps between them. Ask for a longer step or a shorter time.`
    throw new DomainError('invalid-request', text)
  }
  const start = first - (first % stepMinutes)
  const rows = await readFigureRows(db, start, end, kind)
  const groups = Map.groupBy(rows, (row) => `${row.minute - (row.minute % stepMinutes)} ${row.kind} ${row.label}`)
  return [...groups.values()].map((group) => toBody(group, stepMinutes))
}

function toBody(rows: readonly MinuteFiguresTable[], stepMinutes: number): FigureBody {
  const [{ minute, kind, label }] = rows
  const sumOf = (value: (row: MinuteFiguresTable) => number): number => rows.reduce((sum, row) => sum + value(row), 0)
  const buckets = addBuckets(rows)
  const count = sumOf((row) => row.count)
  const total = sumOf((row) => row.total)
  return {
    at: new Date((minute - (minute % stepMinutes)) * MINUTE_MS).toISOString(),
    kind,
    label,
    count,
    failures: sumOf((row) => row.failures),
    rejections: sumOf((row) => row.rejections),
    mean: count === 0 ? null : total / count,
    max: Math.max(...rows.map((row) => row.maximum)),
    p50: quantile(buckets, 0.5),
    p95: quantile(buckets, 0.95),
  }
}

function addBuckets(rows: readonly MinuteFiguresTable[]): number[] {
  const sums = LATENCY_BOUNDS_MS.map(() => 0).concat(0)
  for (const { buckets } of rows) {
    if (buckets === '') continue
    for (const [index, count] of buckets.split(',').entries()) sums[index] += Number(count)
  }
  return sums
}

/** The upper bound of the latency bucket that contains the quantile; null if nothing was measured or it is above all buckets. */
export function quantile(buckets: readonly number[], share: number): number | null {
  const all = buckets.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let seen = 0
  const index = buckets.findIndex((count) => {
    seen += count
    return seen >= share * all
  })
  return LATENCY_BOUNDS_MS[index] ?? null
}
