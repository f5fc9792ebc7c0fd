import type { PredecessorReport } from '@kickstand/backend'

/** The report of an import, as lines of text. */
export function predecessorText(report: PredecessorReport): string[] {
  const { id, from, dryRun, tables, people, unknownTables, capacity, stored, agrees } = report
  const counted = Object.entries(people === null ? tables : { ...tables, people })
  const lines = [
    `${from}${dryRun ? ' (nothing was written)' : ''}`,
    '',
    tableRow('table', ['read', 'imported', 'already imported', 'rejected']),
  ]
  for (const [name, { read, imported, alreadyImported, rejected }] of counted) {
    lines.push(tableRow(name, [read, imported, alreadyImported, rejected]))
  }
  lines.push('', `Capacity: ${capacity.read} read, ${capacity.imported} imported, ${capacity.rejected} rejected.`)
  for (const [name, { reasons, ignoredColumns, examples }] of counted) {
    for (const [reason, count] of Object.entries(reasons)) lines.push(`${name}: ${count} × ${reason}`)
    for (const { where, reason } of examples.slice(0, shownExamples(name, report))) lines.push(`  ${where}: ${reason}`)
    if (ignoredColumns.length > 0) lines.push(`${name}: columns not imported: ${ignoredColumns.join(', ')}`)
  }
  if (unknownTables.length > 0) lines.push(`Tables not imported: ${unknownTables.join(', ')}`)
  lines.push(...peopleLines(report), ...pictureLines(report))
  if (stored !== null)
    lines.push(`In the database now: ${stored.zones} zones, ${stored.spaces} spaces, ${stored.reports} reports.`)
  lines.push(agrees ? 'All counts and sums match.' : 'COUNTS OR SUMS DO NOT MATCH.')
  if (!dryRun) lines.push(`To undo it: npx kickstand import legacy --rollback ${id}`)
  return lines
}

function tableRow(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(10) + cells.map((cell) => String(cell).padStart(18)).join('')
}

/** All where the owner asked for people or images, since each line is somebody to answer. */
function shownExamples(name: string, { people, pictures }: PredecessorReport): number {
  const isAll = (name === 'people' && people !== null) || (name === 'images' && pictures !== null)
  return isAll ? Number.POSITIVE_INFINITY : 3
}

function peopleLines({ people, tables: { users } }: PredecessorReport): string[] {
  if (people === null) {
    return [
      `Of ${users.read} users, only the fact that they reported is imported: no name, no address, no password. --people would bring them as accounts to take over, with e-mail address, name and password hash; it is off because the owner needs a legal basis for it (docs/operating/moving.md).`,
    ]
  }
  return [
    `${people.imported} people can take over their account, ${people.withoutPassword} of them only with the link in their invitation, since they have no password hash that can be verified.`,
    `${people.proposedAdmins} were administrators of the predecessor. They have no role here: npx kickstand import legacy people status`,
    'To invite them: npx kickstand import legacy invite --wave 1 --limit 100',
  ]
}

function pictureLines({ pictures }: PredecessorReport): string[] {
  if (pictures === null) return ['Images are not copied (--map lists them, --pictures copies them).']
  const { from, files, unused, rejected, examples } = pictures
  return [
    `${from}: ${files} files, ${unused} of them named by no image, ${rejected} rejected`,
    ...examples.map(({ where, reason }) => `  ${where}: ${reason}`),
    'The images wait for a moderator: npx kickstand review list',
  ]
}
