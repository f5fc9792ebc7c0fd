import { decide, PRINCIPALS, type AccessRule, type Decision, type PrincipalKind } from '@kickstand/domain'
import type { RouteAccess } from '#http/auth/access.ts'

/** A route with the decision for each kind of principal. */
export type AccessRow = Pick<RouteAccess, 'method' | 'path' | 'access'> & Readonly<Record<PrincipalKind, Decision>>

/** One row for each route, sorted by path and method. */
export function accessRows(routes: readonly RouteAccess[]): AccessRow[] {
  return routes
    .map(({ method, path, access }) => ({ method, path, access, ...decisions(access) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1))
}

function decisions(access: AccessRule): Record<PrincipalKind, Decision> {
  const entries = PRINCIPALS.map((principal) => [principal, decide(access, principal)] as const)
  return Object.fromEntries(entries) as Record<PrincipalKind, Decision>
}

/** The same as a Markdown table with aligned columns. */
export function accessTable(routes: readonly RouteAccess[]): string {
  const header = ['method', 'path', 'access', ...PRINCIPALS]
  const rows = accessRows(routes).map((row) => [
    row.method,
    `\`${row.path}\``,
    row.access,
    ...PRINCIPALS.map((principal) => row[principal]),
  ])
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)))
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column], fill)).join(' | ')} |`
  return [
    line(header, ' '),
    line(
      header.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row, ' ')),
  ].join('\n')
}
