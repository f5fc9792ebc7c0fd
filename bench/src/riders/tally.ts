import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { KINDS, type Kind } from './draw-actions.ts'

export type Percentiles = {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Collects responses by step of the run and by kind. Latencies in milliseconds from the scheduled time of a request. */
export type Tally = {
  /** `late`: delay of sending after the scheduled time, which is part of the latency. */
  answered(at: number, kind: Kind, ms: number, late: number, cache: string | null): void
  failed(at: number, kind: Kind, why: string): void
  readonly result: () => TallyResult
}

export type TallyResult = {
  readonly all: Percentiles
  readonly kinds: Readonly<Record<string, Percentiles>>
  readonly steps: readonly (Percentiles & { readonly from: number; readonly until: number; readonly errors: number })[]
  readonly errors: number
  readonly errorsByReason: Readonly<Record<string, number>>
  /** Share of tiles and static requests served by a shared cache; null without cache headers. */
  readonly hitRatio: number | null
  readonly sentLate: Percentiles
}

/** Kinds that a shared cache may serve. */
const CACHED: ReadonlySet<Kind> = new Set<Kind>(['static', 'tile'])
const MICROSECONDS_PER_MS = 1000

/** Uses Node's HdrHistogram: three significant figures for any number of values. */
export function createTally(seconds: number, stepCount: number): Tally {
  const make = (): RecordableHistogram => createHistogram({ figures: 3 })
  const all = make()
  const late = make()
  const kinds = new Map(KINDS.map((kind) => [kind, make()]))
  const steps = Array.from({ length: stepCount }, () => ({ times: make(), errors: 0 }))
  const reasons = new Map<string, number>()
  let [hits, asked, errors] = [0, 0, 0]
  const stepAt = (at: number) => steps[Math.min(stepCount - 1, Math.floor((at / seconds) * stepCount))]

  return {
    answered(at, kind, ms, lateMs, cache) {
      const value = Math.max(1, Math.round(ms * MICROSECONDS_PER_MS))
      for (const histogram of [all, kinds.get(kind), stepAt(at).times]) histogram?.record(value)
      late.record(Math.max(1, Math.round(lateMs * MICROSECONDS_PER_MS)))
      if (cache === null || !CACHED.has(kind)) return
      asked += 1
      if (cache === 'hit' || cache === 'stale') hits += 1
    },
    failed(at, kind, why) {
      errors += 1
      stepAt(at).errors += 1
      const reason = `${kind}: ${why}`
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    },
    result: () => ({
      all: read(all),
      kinds: Object.fromEntries(
        [...kinds].filter(([, { count }]) => count > 0).map(([kind, one]) => [kind, read(one)]),
      ),
      steps: steps.map(({ times, errors: failed }, i) => ({
        from: (i * seconds) / stepCount,
        until: ((i + 1) * seconds) / stepCount,
        errors: failed,
        ...read(times),
      })),
      errors,
      errorsByReason: Object.fromEntries(reasons),
      hitRatio: asked === 0 ? null : hits / asked,
      sentLate: read(late),
    }),
  }
}

function read(histogram: RecordableHistogram): Percentiles {
  const at = (percent: number): number =>
    histogram.count === 0 ? 0 : histogram.percentile(percent) / MICROSECONDS_PER_MS
  return { count: histogram.count, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
}
