import { quantile } from '../measure/statistics.ts'

/** A report to send: its zone, and the cell of the zone. Each zone once. */
export type Change = { readonly zoneId: string; readonly cell: number }

export type ArrivalFigures = {
  /** Number of changes times the streams subscribed to their cells. */
  readonly expected: number
  /** Of these, not received. */
  readonly missed: number
  /** Milliseconds from sending a report to receiving its line on a socket. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Records when each change was received on each stream. */
export type Arrivals = {
  /** A stream received figures of a zone at `ms`; only the first time counts. */
  record(stream: number, zoneId: string, ms: number): void
  /** `sentAt`: when each report was sent, on the same clock. Throws where a line was received before its report was sent. */
  figures(sentAt: readonly number[]): ArrivalFigures
}

/** `streams`: the cells of each stream. Times are milliseconds after `startMs`. */
export function createArrivals(
  streams: readonly (readonly number[])[],
  changes: readonly Change[],
  startMs: number,
): Arrivals {
  const numbers = new Map(changes.map(({ zoneId }, number) => [zoneId, number]))
  if (numbers.size < changes.length)
    throw new Error('a zone changes twice; changes need different zones to be distinguishable')
  const never = Number.POSITIVE_INFINITY
  const receivedAt = new Float32Array(streams.length * changes.length).fill(never)

  return {
    record(stream, zoneId, ms) {
      const number = numbers.get(zoneId)
      if (number === undefined) return
      const index = number * streams.length + stream
      if (receivedAt[index] === never) receivedAt[index] = ms - startMs
    },
    figures(sentAt) {
      const latencies = new Float32Array(receivedAt.length)
      let [arrived, missed] = [0, 0]
      for (const [number, { cell, zoneId }] of changes.entries()) {
        const sent = sentAt[number] - startMs
        for (const [stream, cells] of streams.entries()) {
          if (!cells.includes(cell)) continue
          const latency = receivedAt[number * streams.length + stream] - sent
          // Times are stored as 32-bit floats, so allow half a millisecond.
          if (latency < -0.5) throw new Error(`${zoneId} was received before its report was sent`)
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
