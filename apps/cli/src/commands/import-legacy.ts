import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import {
  importPredecessor,
  openPredecessor,
  rollBackImport,
  systemClock,
  type PredecessorMapping,
} from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { importLegacyPeopleCommands } from '#commands/import-legacy-people.ts'
import { predecessorText } from '#predecessor-text.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Options = {
  readonly id: string
  readonly dryRun?: boolean
  readonly rollback?: string
  readonly map?: string
  readonly people?: boolean
  readonly pictures?: string
  readonly json?: boolean
}

/**
 * `kickstand import legacy`: imports the data of the predecessor application. Exits 1 if counts or sums do not match.
 */
export function importLegacyCommand(imports: Command): void {
  const legacy = imports
    .command('legacy')
    .argument('[from]', 'URL of its database, a dump (.sql, .sql.gz), or a Firestore export (.json)')
    .description('import the zones and reports of the predecessor application, or roll such an import back')
    .option('--id <id>', 'id of this import, for --rollback', 'legacy')
    .option('--dry-run', 'read, check and count; write nothing')
    .option(
      '--map <file>',
      'write the new id of each zone, report, user and image to this file, one JSON object per line',
    )
    .option(
      '--people',
      'also bring users as accounts to take over: e-mail address, name, password hash (docs/operating/moving.md)',
    )
    .option(
      '--pictures <folder|file>',
      'copy the images from a folder or an archive (.tar, .tar.gz), for a moderator to clear',
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
  importLegacyPeopleCommands(legacy)
}

const depsOf = ({ database, eventLog }: Service) => ({ database, eventLog, clock: systemClock, actor: commandActor() })

async function importFrom(from: string, options: Options): Promise<void> {
  const { id, dryRun = false, map, people: withPeople = false, pictures = null, json } = options
  const report = await withService(async (service) => {
    const source = await openPredecessor(from)
    const mapFile = map === undefined ? null : createWriteStream(map)
    const onMapped = (mapping: PredecessorMapping): void => void mapFile?.write(`${JSON.stringify(mapping)}\n`)
    try {
      return await importPredecessor(depsOf(service), { from: source, id, dryRun, withPeople, pictures, onMapped })
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
    print(
      `Rolled back ${id}: ${done.zones} zones, ${done.reports} reports, ${done.riders} riders, ${done.people} people.`,
    )
    if (done.kept > 0) print(`${done.kept} zones were kept, because they have reports or readings since the import.`)
    for (const { email, accountId, reason } of done.stay)
      print(`Kept: the account of ${email} (${accountId}), which ${reason}.`)
  })
}
