import type { FileReport } from '@kickstand/backend'

const MAX_LINES = 20
const OPTIONAL: ReadonlySet<string> = new Set(['leftOut', 'joined', 'rekeyed', 'held'])

/** The result of an import, as lines of text. */
export function importReportText(report: FileReport): string[] {
  const { from, format, dryRun, zones, spaces } = report
  const count = (figure: number): string => figure.toLocaleString('en')
  const known = spaces > 0 ? `, ${count(spaces)} spaces known` : ''
  const lines = [
    `${from.name} (${from.id}), ${format}: ${count(zones)} zones${known}${dryRun ? '. Dry run: nothing was written.' : ''}`,
    '',
  ]
  const figures = {
    added: 'new on the map',
    joined: 'new in this source, already on the map from another source',
    updated: 'changed, or listed again',
    unchanged: 'without a change',
    rekeyed: 'of these, recognised under another id',
    held: 'suspicious changes that were not applied, see below',
    missing: 'no longer in the file; still on the map',
    retired: 'missing in the previous import too; removed from the map',
    rejected: 'objects that are not a valid zone',
    leftOut: 'places without motorcycle spaces',
  } as const
  for (const [name, meaning] of Object.entries(figures) as [keyof typeof figures, string][]) {
    if (OPTIONAL.has(name) && report[name] === 0) continue
    lines.push(
      `  ${(name === 'leftOut' ? 'left out' : name).padEnd(10)} ${count(report[name]).padStart(9)}   ${meaning}`,
    )
  }
  lines.push('', ...listedRows('Rejected', report.rejections, report.rejected))
  lines.push(...reasonLines(report))
  lines.push(...listedRows('Imported with a warning', report.warnings, report.warned))
  lines.push(...changeLines(report.changes))
  for (const note of report.notes) lines.push(`Note: ${note}`)
  lines.push(`Data: ${from.attribution}. Licence: ${from.licence}.`)
  return lines
}

/** A heading and the first rows. `total` also counts rows that are not in `rows`. */
function listedRows(title: string, rows: FileReport['rejections'], total: number): string[] {
  if (total === 0) return []
  const shown = rows.slice(0, MAX_LINES).map(({ where, reason }) => `  ${where}: ${reason}`)
  const more =
    total > shown.length
      ? [`  … and ${(total - shown.length).toLocaleString('en')} more (--json lists up to 1,000)`]
      : []
  return [`${title}:`, ...shown, ...more, '']
}

/** The most frequent reasons. Empty if all rejected rows are shown. */
function reasonLines({ rejected, rejectedBy }: FileReport): string[] {
  if (rejected <= MAX_LINES) return []
  const reasons = Object.entries(rejectedBy).toSorted(([, a], [, b]) => b - a)
  const shown = reasons.slice(0, MAX_LINES).map(([reason, count]) => `  ${count.toLocaleString('en')} × ${reason}`)
  return ['Rejected, by reason:', ...shown, '']
}

/** Kinds of changes that a person should review, with their headings. Added and updated zones are only counted. */
const SHOWN_CHANGES = {
  rekeyed: 'Recognised under another id',
  moved: 'Moved by over 100 m',
  held: 'Held back',
  missing: 'No longer in the file',
  retired: 'Removed from the map',
  returned: 'Listed again',
  merged: 'The same place as another zone',
} as const

/** The changes of an import by kind, the first few of each. */
export function changeLines(changes: FileReport['changes']): string[] {
  const byKind = Map.groupBy(changes, ({ kind }) => kind)
  return Object.entries(SHOWN_CHANGES).flatMap(([kind, title]) => {
    const all = byKind.get(kind as keyof typeof SHOWN_CHANGES) ?? []
    if (all.length === 0) return []
    const shown = all.slice(0, MAX_LINES).map((change) => `  ${changeText(change)}`)
    const rest = (all.length - shown.length).toLocaleString('en')
    return [`${title}:`, ...shown, ...(rest === '0' ? [] : [`  … and ${rest} more (--json lists them)`]), '']
  })
}

function changeText({ zoneId, ref, name, formerRef, metres, reason }: FileReport['changes'][number]): string {
  const names = [formerRef === undefined ? ref : `${formerRef} → ${ref}`, name].filter((one) => one !== null)
  const moved = metres === undefined ? '' : `, ${metres.toLocaleString('en')} m away`
  return `${names.join(' · ')} (${zoneId})${moved}${reason === undefined ? '' : `: ${reason}`}`
}
