import { quantile } from '../measure/statistics.ts'

/** A report to come: of which zone, and the cell that the zone lies in. Each zone once. */
export type Change = { readonly zoneId: string; readonly cell: number }

export type ArrivalFigures = {
  /** Changes times the streams that look at their cells. */
  readonly expected: number
  /** Of these, what never came. */
  readonly missed: number
  /** Milliseconds from sending a report to having its line on a socket. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** When each change came to each stream. */
export type Arrivals = {
  /** Figures of a zone came to a stream at `ms`; only the first time counts. */
  told(stream: number, zoneId: string, ms: number): void
  /** Given when each report was sent, on the same clock. Throws where a line came before its report was sent. */
  figures(sentAt: readonly number[]): ArrivalFigures
}

/** For streams that look at these cells. Times are milliseconds after `startMs`. */
export function createArrivals(
  streams: readonly (readonly number[])[],
  changes: readonly Change[],
  startMs: number,
): Arrivals {
  const numbers = new Map(changes.map(({ zoneId }, number) => [zoneId, number]))
  if (numbers.size < changes.length) throw new Error('a zone is to change twice: who could tell which one came?')
  const never = Number.POSITIVE_INFINITY
  const cameAt = new Float32Array(streams.length * changes.length).fill(never)

  return {
    told(stream, zoneId, ms) {
      const number = numbers.get(zoneId)
      if (number === undefined) return
      const place = number * streams.length + stream
      if (cameAt[place] === never) cameAt[place] = ms - startMs
    },
    figures(sentAt) {
      const latencies = new Float32Array(cameAt.length)
      let [arrived, missed] = [0, 0]
      for (const [number, { cell, zoneId }] of changes.entries()) {
        const sent = sentAt[number] - startMs
        for (const [stream, cells] of streams.entries()) {
          if (!cells.includes(cell)) continue
          const latency = cameAt[number * streams.length + stream] - sent
          // Half a millisecond: times are kept in few bits.
          if (latency < -0.5) throw new Error(`${zoneId} was told of before its report was sent`)
          if (latency === never) missed += 1
          else latencies[arrived++] = latency
        }
      }
      const sorted = latencies.subarray(0, arrived).toSorted()
      const at = (q: number): number => (arrived === 0 ? Number.NaN : quantile(sorted, q))
      return { expected: arrived + missed, missed, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
    },
  }
}
