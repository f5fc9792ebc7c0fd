import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import {
  importLegacy,
  openLegacy,
  rollBackLegacy,
  systemClock,
  type LegacyMapping,
  type LegacyReport,
} from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type Options = {
  readonly id: string
  readonly dryRun?: boolean
  readonly rollback?: string
  readonly map?: string
  readonly json?: boolean
}

/** `kickstand import legacy`: the data of the predecessor. Exit 1 where counts or sums do not agree. */
export function importLegacyCommand(imports: Command): void {
  imports
    .command('legacy')
    .argument('[from]', 'address of its database, a dump (.sql, .sql.gz), or a Firestore export (.json)')
    .description('bring the zones and reports of the predecessor, or take them back')
    .option('--id <id>', 'what this import is called, to take it back by', 'legacy')
    .option('--dry-run', 'read, judge and count, write nothing')
    .option('--map <file>', 'write what each zone, report, user and image is called now, a JSON object a line')
    .option('--rollback <id>', 'take back what this import brought')
    .option('--json', 'print the report as one JSON object')
    .action(async (from: string | undefined, options: Options) => {
      if (options.rollback !== undefined) return rollBack(options.rollback, options.json === true)
      if (from === undefined) {
        throw new DomainError('invalid-request', 'Name what to import, or --rollback and the id of an import.')
      }
      await bring(from, options)
    })
}

async function bring(from: string, { id, dryRun = false, map, json }: Options): Promise<void> {
  const report = await withService(async ({ database, eventLog }) => {
    const source = await openLegacy(from)
    const lines = map === undefined ? null : createWriteStream(map)
    const onMapped = (mapping: LegacyMapping): void => void lines?.write(`${JSON.stringify(mapping)}\n`)
    try {
      return await importLegacy({ database, eventLog, clock: systemClock }, { from: source, id, dryRun, onMapped })
    } finally {
      lines?.end()
      if (lines !== null) await finished(lines)
      await source.close()
    }
  })
  if (json === true) printJson(report)
  else print(legacyText(report))
  if (!report.agrees) process.exitCode = 1
}

async function rollBack(id: string, json: boolean): Promise<void> {
  await withService(async ({ database, eventLog }) => {
    const done = await rollBackLegacy({ database, eventLog, clock: systemClock }, id)
    if (json) return printJson(done)
    print(`Taken back: ${done.zones} zones, ${done.reports} reports, ${done.riders} riders of ${id}.`)
    if (done.kept > 0) print(`${done.kept} zones stay, since riders or machines have spoken of them since.`)
  })
}

function legacyText({ id, from, dryRun, tables, strange, capacity, stored, agrees }: LegacyReport): string[] {
  const lines = [
    `${from}${dryRun ? ' (nothing was written)' : ''}`,
    '',
    `${'table'.padEnd(10)}${'read'.padStart(10)}${'taken'.padStart(10)}${'already'.padStart(10)}${'refused'.padStart(10)}`,
  ]
  for (const [name, { read, taken, already, refused }] of Object.entries(tables)) {
    lines.push(
      `${name.padEnd(10)}${[read, taken, already, refused].map((count) => String(count).padStart(10)).join('')}`,
    )
  }
  lines.push('', `Capacity: ${capacity.read} read, ${capacity.taken} taken, ${capacity.refused} refused.`)
  for (const [name, { reasons, leftColumns, examples }] of Object.entries(tables)) {
    for (const [reason, count] of Object.entries(reasons)) lines.push(`${name}: ${count} × ${reason}`)
    for (const { where, reason } of examples.slice(0, 3)) lines.push(`  ${where}: ${reason}`)
    if (leftColumns.length > 0) lines.push(`${name}: columns not taken: ${leftColumns.join(', ')}`)
  }
  if (strange.length > 0) lines.push(`Tables not taken: ${strange.join(', ')}`)
  lines.push(
    'Of users only the fact that they reported is taken: no name, no address, no password. Images stay where they are (--map lists them).',
  )
  if (stored !== null)
    lines.push(`In the database now: ${stored.zones} zones, ${stored.spaces} spaces, ${stored.reports} reports.`)
  lines.push(agrees ? 'All counts and sums agree.' : 'COUNTS OR SUMS DO NOT AGREE.')
  if (!dryRun) lines.push(`To take it back: npx kickstand import legacy --rollback ${id}`)
  return lines
}
