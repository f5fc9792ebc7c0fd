import type { SnapshotRow } from '@kickstand/domain'

type Rows = AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>

/** The rows of a snapshot, or a function that begins a new pass over them. */
export type SnapshotRows = Rows | (() => Rows)

/** A snapshot that can be iterated more than once. Rows that can be iterated only once are buffered. */
export async function repeatable(rows: SnapshotRows): Promise<() => Rows> {
  if (typeof rows === 'function') return rows
  if (Array.isArray(rows)) return () => rows
  const kept: SnapshotRow[] = []
  for await (const row of rows) kept.push(row)
  return () => kept
}

/** The rows, for a single pass. */
export function onlyPass(rows: SnapshotRows): Rows {
  return typeof rows === 'function' ? rows() : rows
}
