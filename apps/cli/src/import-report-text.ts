import type { FileReport } from '@kickstand/backend'

const MOST_LINES = 20

/** What an import did, for people. */
export function importReportText(report: FileReport): string {
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
    missing: 'not in the file any more; still on the map',
    retired: 'missing before too; taken off the map',
    rejected: 'objects that could not become a zone',
    leftOut: 'places that tell of no motorcycle spaces',
  } as const
  for (const [name, meaning] of Object.entries(figures) as [keyof typeof figures, string][]) {
    if ((name === 'leftOut' || name === 'joined') && report[name] === 0) continue
    lines.push(
      `  ${(name === 'leftOut' ? 'left out' : name).padEnd(10)} ${count(report[name]).padStart(9)}   ${meaning}`,
    )
  }
  lines.push('', ...some('Rejected', report.rejections, report.rejected))
  lines.push(...some('Kept with a doubt', report.warnings, report.warned))
  for (const note of report.notes) lines.push(`Note: ${note}`)
  lines.push(`Data: ${from.attribution}. Licence: ${from.licence}.`)
  return lines.join('\n')
}

function some(title: string, rows: FileReport['rejections'], all: number): string[] {
  if (all === 0) return []
  const shown = rows.slice(0, MOST_LINES).map(({ where, reason }) => `  ${where}: ${reason}`)
  const more =
    all > shown.length ? [`  … and ${(all - shown.length).toLocaleString('en')} more (--json lists up to 1,000)`] : []
  return [`${title}:`, ...shown, ...more, '']
}
