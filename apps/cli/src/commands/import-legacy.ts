import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import {
  importPredecessor,
  openPredecessor,
  rollBackImport,
  systemClock,
  type PredecessorMapping,
  type PredecessorReport,
} from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Options = {
  readonly id: string
  readonly dryRun?: boolean
  readonly rollback?: string
  readonly map?: string
  readonly json?: boolean
}

/**
 * `kickstand import legacy`: imports the data of the predecessor application. Exits 1 if counts or sums do not match.
 */
export function importLegacyCommand(imports: Command): void {
  imports
    .command('legacy')
    .argument('[from]', 'URL of its database, a dump (.sql, .sql.gz), or a Firestore export (.json)')
    .description('import the zones and reports of the predecessor application, or roll such an import back')
    .option('--id <id>', 'id of this import, for --rollback', 'legacy')
    .option('--dry-run', 'read, check and count; write nothing')
    .option(
      '--map <file>',
      'write the new id of each zone, report, user and image to this file, one JSON object per line',
    )
    .option('--rollback <id>', 'undo the import with this id')
    .option('--json', 'print the report as one JSON object')
    .action(async (from: string | undefined, options: Options) => {
      if (options.rollback !== undefined) return rollBack(options.rollback, options.json === true)
      if (from === undefined) {
        throw new DomainError('invalid-request', 'State what to import, or use --rollback with the id of an import.')
      }
      await importFrom(from, options)
    })
}

const depsOf = ({ database, eventLog }: Service) => ({ database, eventLog, clock: systemClock, actor: commandActor() })

async function importFrom(from: string, { id, dryRun = false, map, json }: Options): Promise<void> {
  const report = await withService(async (service) => {
    const source = await openPredecessor(from)
    const mapFile = map === undefined ? null : createWriteStream(map)
    const onMapped = (mapping: PredecessorMapping): void => void mapFile?.write(`${JSON.stringify(mapping)}\n`)
    try {
      return await importPredecessor(depsOf(service), { from: source, id, dryRun, onMapped })
    } finally {
      mapFile?.end()
      if (mapFile !== null) await finished(mapFile)
      await source.close()
    }
  })
  if (json === true) printJson(report)
  else print(predecessorText(report))
  if (!report.agrees) process.exitCode = 1
}

async function rollBack(id: string, json: boolean): Promise<void> {
  await withService(async (service) => {
    const done = await rollBackImport(depsOf(service), id)
    if (json) return printJson(done)
    print(`Rolled back ${id}: ${done.zones} zones, ${done.reports} reports, ${done.riders} riders.`)
    if (done.kept > 0) print(`${done.kept} zones were kept, because they have reports or readings since the import.`)
  })
}

/** The report of an import, as lines of text. */
function predecessorText(report: PredecessorReport): string[] {
  const { id, from, dryRun, tables, unknownTables, capacity, stored, agrees } = report
  const lines = [
    `${from}${dryRun ? ' (nothing was written)' : ''}`,
    '',
    tableRow('table', ['read', 'imported', 'already imported', 'rejected']),
  ]
  for (const [name, { read, imported, alreadyImported, rejected }] of Object.entries(tables)) {
    lines.push(tableRow(name, [read, imported, alreadyImported, rejected]))
  }
  lines.push('', `Capacity: ${capacity.read} read, ${capacity.imported} imported, ${capacity.rejected} rejected.`)
  for (const [name, { reasons, ignoredColumns, examples }] of Object.entries(tables)) {
    for (const [reason, count] of Object.entries(reasons)) lines.push(`${name}: ${count} × ${reason}`)
    for (const { where, reason } of examples.slice(0, 3)) lines.push(`  ${where}: ${reason}`)
    if (ignoredColumns.length > 0) lines.push(`${name}: columns not imported: ${ignoredColumns.join(', ')}`)
  }
  if (unknownTables.length > 0) lines.push(`Tables not imported: ${unknownTables.join(', ')}`)
  lines.push(
    'Of users, only the fact that they reported is imported: no name, no address, no password. Images are not copied (--map lists them).',
  )
  if (stored !== null)
    lines.push(`In the database now: ${stored.zones} zones, ${stored.spaces} spaces, ${stored.reports} reports.`)
  lines.push(agrees ? 'All counts and sums match.' : 'COUNTS OR SUMS DO NOT MATCH.')
  if (!dryRun) lines.push(`To undo it: npx kickstand import legacy --rollback ${id}`)
  return lines
}

function tableRow(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(10) + cells.map((cell) => String(cell).padStart(18)).join('')
}
