import type { ForecastBody, ForecastObservationBody, ForecastPointBody } from '@kickstand/contract'

/** A moment of the day with what the chart draws of it: a share [0, 1] of all spaces, or of certainty. */
export type Mark = { readonly time: number; readonly value: number; readonly low: number; readonly high: number }
/** A run of moments of one kind. */
export type Stretch = { readonly from: number; readonly to: number }

export type DayShape = {
  /** `free` counts spaces; `chance` where the capacity is not known and spaces cannot be counted. */
  readonly measure: 'free' | 'chance'
  /** Epoch milliseconds of the chart's two ends, and of now. */
  readonly from: number
  readonly to: number
  readonly now: number
  /** Runs of moments of which something is known, in order. */
  readonly known: readonly (readonly Mark[])[]
  readonly unknown: readonly Stretch[]
  readonly closed: readonly Stretch[]
  readonly seen: readonly SeenMark[]
}

export type SeenMark = {
  readonly time: number
  /** Share of the spaces seen free; null where a rider came or went and saw no more than that. */
  readonly value: number | null
  /** A counted figure is a point, a word a dash. */
  readonly exact: boolean
  readonly learned: boolean
}

const HOUR = 60 * 60_000
/** Where the words lie between none free and all free. */
const LEVEL_SHARES = { plenty: 0.8, some: 0.45, few: 0.15, full: 0 } as const

/** What to draw of a forecast. */
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
      // What was known fades until it is known no more: nothing is left blank between the two.
      const from = before === 'known' ? (times[i - 1] ?? time) : time
      extend(
        kind === 'closed' ? closed : unknown,
        { from: kind === 'closed' ? time : from, to: run.to },
        before === kind,
      )
    }
    before = kind
  }
  return { measure, from: first < now ? first - HOUR / 2 : now, to, now, known, unknown, closed, seen }
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

/** Times at which to write an hour: on the local hour, as many as fit. `hourOf` tells the hour and minute of a time. */
export function hourTicks(
  { from, to }: Stretch,
  fit: number,
  hourOf: (time: number) => { readonly hour: number; readonly minute: number },
): number[] {
  const step = [1, 2, 3, 6, 12].find((hours) => (to - from) / HOUR / hours <= fit) ?? 24
  const ticks: number[] = []
  for (let time = Math.ceil(from / (HOUR / 4)) * (HOUR / 4); time <= to; time += HOUR / 4) {
    const { hour, minute } = hourOf(time)
    if (minute === 0 && hour % step === 0) ticks.push(time)
  }
  return ticks
}
