import type { Evaluation, JsonMethod } from '../evaluate.ts'

const HEAD = ['method', 'ahead', 'MAE', 'Brier ≥10 %', 'Brier ≥1', 'CRPS', 'in 80 %', 'width', 'ECE', 'n']

/** The scores of all methods as rows of cells. */
export function scoreRows(methods: readonly JsonMethod[]): string[][] {
  return methods.flatMap(({ name, horizons }) =>
    horizons.map(({ minutes, n, mae, brier10, brier1, crps, coverage80, width80, ece }) => [
      name,
      minutes === 0 ? 'now' : `+${minutes}`,
      ...[mae, brier10, brier1, crps, coverage80, width80, ece].map((value) => value.toFixed(4)),
      String(n),
    ]),
  )
}

/** A table for a terminal, with the number of dropped readings above it. */
export function evaluationTable({ lots, dropped, methods }: Evaluation): string {
  const rows = [HEAD, ...scoreRows(methods)]
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i].length)))
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  )
  return [
    `${lots.length} lots of ${Math.min(...lots.map(({ capacity }) => capacity))} to ${Math.max(...lots.map(({ capacity }) => capacity))} spaces.`,
    `Dropped: ${dropped.duplicates} duplicate, ${dropped.impossible} impossible, ${dropped.frozen} frozen readings, ${dropped.lots} lots with too few days; ${dropped.aboveCapacity} readings above the capacity counted as full.`,
    '',
    ...lines,
  ].join('\n')
}

/** The same as a table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(line)].join('\n')
}

export const SCORE_HEAD: readonly string[] = HEAD
