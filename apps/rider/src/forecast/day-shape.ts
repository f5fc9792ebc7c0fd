import type { ForecastBody, ForecastObservationBody, ForecastPointBody } from '@kickstand/contract'

/** A point of the chart. Values are shares in [0, 1] of the capacity, or chances. */
export type Mark = { readonly time: number; readonly value: number; readonly low: number; readonly high: number }
/** An interval of the day in epoch milliseconds. */
export type Stretch = { readonly from: number; readonly to: number }

export type DayShape = {
  /** What the chart shows: free spaces, or the chance of a space if the capacity is unknown. */
  readonly measure: 'free' | 'chance'
  /** Both ends of the chart and the present, in epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly now: number
  /** Consecutive known points, in order. */
  readonly known: readonly (readonly Mark[])[]
  readonly unknown: readonly Stretch[]
  readonly closed: readonly Stretch[]
  readonly seen: readonly SeenMark[]
}

export type SeenMark = {
  readonly time: number
  /** Share of free spaces; null for an arrival or departure. */
  readonly value: number | null
  /** True for a count (drawn as a diamond), false for a level (drawn as a dash). */
  readonly exact: boolean
  readonly learned: boolean
}

const HOUR_MS = 60 * 60_000
/** The shares of free spaces at which levels are drawn. */
const LEVEL_SHARES = { plenty: 0.8, some: 0.45, few: 0.15, full: 0 } as const

/** Computes the elements of the chart from a forecast. */
export function dayShape(forecast: ForecastBody): DayShape {
  const { points, capacity } = forecast
  const now = Date.parse(forecast.asOf)
  const measure = capacity === null ? 'chance' : 'free'
  const seen = (forecast.observations ?? []).map((one) => seenMark(one, capacity))
  const first = Math.min(now, ...seen.map(({ time }) => time))
  const times = points.map(({ at }) => Date.parse(at))
  const to = times.at(-1) ?? now
  const known: Mark[][] = []
  const unknown: Stretch[] = []
  const closed: Stretch[] = []
  let before: 'known' | 'unknown' | 'closed' | null = null
  for (const [i, point] of points.entries()) {
    const time = times[i] ?? now
    const mark = markOf(point, time, capacity)
    const kind = mark ? 'known' : point.state === 'closed' ? 'closed' : 'unknown'
    const run = { from: time, to: times[i + 1] ?? to }
    if (mark) {
      if (before !== 'known') known.push([])
      known.at(-1)?.push(mark)
    } else {
      // An unknown interval starts at the last known point, so that there is no gap between the two.
      const from = before === 'known' ? (times[i - 1] ?? time) : time
      extend(
        kind === 'closed' ? closed : unknown,
        { from: kind === 'closed' ? time : from, to: run.to },
        before === kind,
      )
    }
    before = kind
  }
  return { measure, from: first < now ? first - HOUR_MS / 2 : now, to, now, known, unknown, closed, seen }
}

function extend(runs: Stretch[], next: Stretch, goesOn: boolean): void {
  const last = runs.at(-1)
  if (goesOn && last) runs[runs.length - 1] = { from: last.from, to: next.to }
  else runs.push(next)
}

function markOf(point: ForecastPointBody, time: number, capacity: number | null): Mark | null {
  if (capacity === null) {
    return point.chance === null ? null : { time, value: point.chance, low: point.chance, high: point.chance }
  }
  if (point.expectedFree === null) return null
  const share = (free: number | null): number => Math.min(1, (free ?? point.expectedFree ?? 0) / capacity)
  return { time, value: share(point.expectedFree), low: share(point.freeLow), high: share(point.freeHigh) }
}

function seenMark(seen: ForecastObservationBody, capacity: number | null): SeenMark {
  const counted = seen.free !== null && capacity !== null
  const word = seen.level === null ? null : LEVEL_SHARES[seen.level]
  return {
    time: Date.parse(seen.at),
    value: counted ? Math.min(1, (seen.free ?? 0) / capacity) : word,
    exact: counted,
    learned: seen.effect === 'history',
  }
}

/**
 * The times of hour labels: on full local hours, as many as fit. `hourOf` returns the local hour and minute of a time.
 */
export function hourTicks(
  { from, to }: Stretch,
  fit: number,
  hourOf: (time: number) => { readonly hour: number; readonly minute: number },
): number[] {
  const step = [1, 2, 3, 6, 12].find((hours) => (to - from) / HOUR_MS / hours <= fit) ?? 24
  const ticks: number[] = []
  for (let time = Math.ceil(from / (HOUR_MS / 4)) * (HOUR_MS / 4); time <= to; time += HOUR_MS / 4) {
    const { hour, minute } = hourOf(time)
    if (minute === 0 && hour % step === 0) ticks.push(time)
  }
  return ticks
}
