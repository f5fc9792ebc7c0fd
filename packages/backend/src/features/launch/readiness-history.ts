import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'

/** Lines that are kept; older ones are dropped once there are twice as many. */
const KEPT_LINES = 1_000

const Entry = Type.Object({
  at: Type.Number(),
  commit: Type.String(),
  percent: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
  open: Type.Array(Type.String()),
})
/** One measurement of all gates. `at`: epoch milliseconds. `percent` by area. `open`: ids of gates. */
export type HistoryEntry = Static<typeof Entry>

function historyFile(root: string): string {
  return path.join(root, 'var/evidence/history.ndjson')
}

/** The earlier measurements on this machine, the oldest first. A line that cannot be read is left out. */
export function readHistory(root: string): HistoryEntry[] {
  const file = historyFile(root)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const entry = readEntry(line)
      return entry === null ? [] : [entry]
    })
}

/** Appends a measurement of all gates. */
export function appendHistory(root: string, entry: HistoryEntry): void {
  const file = historyFile(root)
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(entry)}\n`)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  if (lines.length < 2 * KEPT_LINES) return
  writeFileSync(`${file}.partial`, `${lines.slice(-KEPT_LINES).join('\n')}\n`)
  renameSync(`${file}.partial`, file)
}

function readEntry(line: string): HistoryEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    return Check(Entry, value) ? value : null
  } catch {
    return null
  }
}

/**
 * Since when a gate is open without a break: the first of the measurements in a row that found it so, epoch milliseconds;
 * `now` if the last one did not.
 */
export function openSince(history: readonly HistoryEntry[], gate: string, now: number): number {
  const lastMet = history.findLastIndex(({ open }) => !open.includes(gate))
  return history[lastMet + 1]?.at ?? now
}
