import type { LiveCase, LiveResult } from '../live/live-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const TARGET_MS = 1_000
const TARGET_BYTES = 16_000

/** The figures of `bench live` as a table and the targets they are held against. */
export function describeLive({ streams, changes, seconds, cases }: LiveResult): string {
  const row = (name: string, read: (one: LiveCase) => string): string[] => [name, ...cases.map(read)]
  const ms = (value: number): string => numberText(value, 0)
  const table = toTable(
    [
      `${numberText(streams, 0)} streams, ${changes} changes a second for ${seconds} s`,
      ...cases.map(({ name }) => name),
    ],
    [
      row('lines that had to come', ({ heard }) => numberText(heard.expected, 0)),
      row('of these missed', ({ heard }) => numberText(heard.missed, 0)),
      row('streams ended meanwhile', ({ heard }) => numberText(heard.ended, 0)),
      row('report sent to line on the socket: p50, ms', ({ heard }) => ms(heard.p50)),
      row('p95, ms', ({ heard }) => ms(heard.p95)),
      row('p99, ms', ({ heard }) => ms(heard.p99)),
      row('most, ms', ({ heard }) => ms(heard.max)),
      row('reports answered: p95, ms', ({ reportP95 }) => ms(reportP95)),
      row('nearby meanwhile: p50, ms', ({ nearby }) => ms(nearby.p50)),
      row('nearby meanwhile: p95, ms', ({ nearby }) => ms(nearby.p95)),
      row('nearby meanwhile: most, ms', ({ nearby }) => ms(nearby.max)),
      row('processor of the server, cores', ({ cpuShare }) => numberText(cpuShare, 2)),
      row('processor of the reader, cores', ({ readerShare }) => numberText(readerShare, 2)),
      row('processor of the server for 1,000 messages, ms', ({ cpuMs }) => numberText(cpuMs, 1)),
      row('memory a stream at rest, bytes', ({ restingBytes }) => numberText(restingBytes, 0)),
      row('memory a stream at most, bytes', ({ mostBytes }) => numberText(mostBytes, 0)),
      row('all streams open after, s', ({ openSeconds }) => numberText(openSeconds, 1)),
    ],
  )
  const most = (read: (one: LiveCase) => number): number => Math.max(...cases.map(read))
  const p99 = most(({ heard }) => heard.p99)
  const bytes = most(({ mostBytes }) => mostBytes)
  const missed = cases.reduce((sum, { heard }) => sum + heard.missed, 0)
  const targets = targetLines([
    { what: 'a change on every phone’s socket p99 ≤ 1 s', met: p99 <= TARGET_MS, measured: `${ms(p99)} ms` },
    { what: 'no change missed', met: missed === 0, measured: numberText(missed, 0) },
    { what: '≤ 16 kB a stream', met: bytes <= TARGET_BYTES, measured: `${numberText(bytes / 1000, 1)} kB at most` },
  ])
  return `${table}\n\nOne server process, one process that reads all streams; a third sends reports and asks for lists.\n\n${targets}`
}
