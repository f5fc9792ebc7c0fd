import type { LiveCase, LiveResult } from '../live/live-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const TARGET_MS = 1_000
const TARGET_BYTES = 16_000

/** The figures of `bench live` as a table, with targets. */
export function describeLive({ streams, changes, seconds, cases }: LiveResult): string {
  const row = (name: string, read: (one: LiveCase) => string): string[] => [name, ...cases.map(read)]
  const ms = (value: number): string => numberText(value, 0)
  const table = toTable(
    [
      `${numberText(streams, 0)} streams, ${changes} changes a second for ${seconds} s`,
      ...cases.map(({ name }) => name),
    ],
    [
      row('expected lines', ({ received }) => numberText(received.expected, 0)),
      row('missed lines', ({ received }) => numberText(received.missed, 0)),
      row('streams closed by the server', ({ received }) => numberText(received.ended, 0)),
      row('report sent to line on the socket: p50, ms', ({ received }) => ms(received.p50)),
      row('p95, ms', ({ received }) => ms(received.p95)),
      row('p99, ms', ({ received }) => ms(received.p99)),
      row('max, ms', ({ received }) => ms(received.max)),
      row('response to a report: p95, ms', ({ reportP95 }) => ms(reportP95)),
      row('nearby meanwhile: p50, ms', ({ nearby }) => ms(nearby.p50)),
      row('nearby meanwhile: p95, ms', ({ nearby }) => ms(nearby.p95)),
      row('nearby meanwhile: max, ms', ({ nearby }) => ms(nearby.max)),
      row('CPU of the server, cores', ({ cpuShare }) => numberText(cpuShare, 2)),
      row('CPU of the reader, cores', ({ readerShare }) => numberText(readerShare, 2)),
      row('CPU of the server per 1,000 messages, ms', ({ cpuMs }) => numberText(cpuMs, 1)),
      row('memory per idle stream, bytes', ({ restingBytes }) => numberText(restingBytes, 0)),
      row('maximum memory per stream, bytes', ({ maxBytes }) => numberText(maxBytes, 0)),
      row('all streams open after, s', ({ openSeconds }) => numberText(openSeconds, 1)),
    ],
  )
  const max = (read: (one: LiveCase) => number): number => Math.max(...cases.map(read))
  const p99 = max(({ received }) => received.p99)
  const bytes = max(({ maxBytes }) => maxBytes)
  const missed = cases.reduce((sum, { received }) => sum + received.missed, 0)
  const targets = targetLines([
    { what: 'a change on every phone’s socket p99 ≤ 1 s', met: p99 <= TARGET_MS, measured: `${ms(p99)} ms` },
    { what: 'no change missed', met: missed === 0, measured: numberText(missed, 0) },
    { what: '≤ 16 kB a stream', met: bytes <= TARGET_BYTES, measured: `${numberText(bytes / 1000, 1)} kB at most` },
  ])
  return `${table}\n\nOne server process, one process that reads all streams, and a third one that sends reports and nearby requests.\n\n${targets}`
}
