import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'

/** Number of lines to keep. Older lines are deleted once there are twice as many. */
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

/** The earlier measurements on this machine, oldest first. Lines that cannot be read are skipped. */
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
 * The time since which a gate has been open without interruption, in epoch milliseconds: that of the first in the latest
 * series of measurements that found it open; `now` if the latest measurement did not.
 */
export function openSince(history: readonly HistoryEntry[], gate: string, now: number): number {
  const lastMet = history.findLastIndex(({ open }) => !open.includes(gate))
  return history[lastMet + 1]?.at ?? now
}
