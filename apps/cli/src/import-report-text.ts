import type { FileReport } from '@kickstand/backend'

const MOST_LINES = 20
const OPTIONAL: ReadonlySet<string> = new Set(['leftOut', 'joined', 'rekeyed', 'held'])

/** What an import did, for people. */
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
    joined: 'new here, on the map already by another source',
    updated: 'changed, or back again',
    unchanged: 'as they were',
    rekeyed: 'of these, under another id than before',
    held: 'kept as they are, see below',
    missing: 'not in the file any more; still on the map',
    retired: 'missing before too; taken off the map',
    rejected: 'objects that could not become a zone',
    leftOut: 'places that tell of no motorcycle spaces',
  } as const
  for (const [name, meaning] of Object.entries(figures) as [keyof typeof figures, string][]) {
    if (OPTIONAL.has(name) && report[name] === 0) continue
    lines.push(
      `  ${(name === 'leftOut' ? 'left out' : name).padEnd(10)} ${count(report[name]).padStart(9)}   ${meaning}`,
    )
  }
  lines.push('', ...some('Rejected', report.rejections, report.rejected))
  lines.push(...reasonLines(report))
  lines.push(...some('Kept with a doubt', report.warnings, report.warned))
  lines.push(...changeLines(report.changes))
  for (const note of report.notes) lines.push(`Note: ${note}`)
  lines.push(`Data: ${from.attribution}. Licence: ${from.licence}.`)
  return lines
}

function some(title: string, rows: FileReport['rejections'], all: number): string[] {
  if (all === 0) return []
  const shown = rows.slice(0, MOST_LINES).map(({ where, reason }) => `  ${where}: ${reason}`)
  const more =
    all > shown.length ? [`  … and ${(all - shown.length).toLocaleString('en')} more (--json lists up to 1,000)`] : []
  return [`${title}:`, ...shown, ...more, '']
}

/** What most rows were rejected for, where not all of them are shown. */
function reasonLines({ rejected, rejectedBy }: FileReport): string[] {
  if (rejected <= MOST_LINES) return []
  const reasons = Object.entries(rejectedBy).toSorted(([, a], [, b]) => b - a)
  const shown = reasons.slice(0, MOST_LINES).map(([reason, count]) => `  ${count.toLocaleString('en')} × ${reason}`)
  return ['Rejected, by reason:', ...shown, '']
}

/** Kinds of changes that a person should review, with their headings. Added and updated zones are only counted. */
const SHOWN_CHANGES = {
  rekeyed: 'Recognised under another id',
  moved: 'Moved by over 100 m',
  held: 'Held back',
  missing: 'Not in the file any more',
  retired: 'Taken off the map',
  returned: 'Back again',
  merged: 'The same place as another zone',
} as const

export function changeLines(changes: FileReport['changes']): string[] {
  const byKind = Map.groupBy(changes, ({ kind }) => kind)
  return Object.entries(SHOWN_CHANGES).flatMap(([kind, title]) => {
    const all = byKind.get(kind as keyof typeof SHOWN_CHANGES) ?? []
    if (all.length === 0) return []
    const shown = all.slice(0, MOST_LINES).map((change) => `  ${changeText(change)}`)
    const rest = (all.length - shown.length).toLocaleString('en')
    return [`${title}:`, ...shown, ...(rest === '0' ? [] : [`  … and ${rest} more (--json lists them)`]), '']
  })
}

function changeText({ zoneId, ref, name, formerRef, metres, reason }: FileReport['changes'][number]): string {
  const names = [formerRef === undefined ? ref : `${formerRef} → ${ref}`, name].filter((one) => one !== null)
  const moved = metres === undefined ? '' : `, ${metres.toLocaleString('en')} m away`
  return `${names.join(' · ')} (${zoneId})${moved}${reason === undefined ? '' : `: ${reason}`}`
}
