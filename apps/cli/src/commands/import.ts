import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { demoStatus, importFile, removeDemo, systemClock, type FileReport } from '@kickstand/backend'
import { SingleBar } from 'cli-progress'
import { type Command, Option } from 'commander'
import { commandActor } from '#actor.ts'
import { importLegacyCommand } from '#commands/import-legacy.ts'
import { importReportText } from '#import-report-text.ts'
import { INCOMPLETE, print, printJson } from '#output.ts'
import { projectRoot, withService, type Service } from '#service.ts'

type Options = {
  readonly profile?: string
  readonly source?: string
  readonly supply?: 'motorcycle'
  readonly dryRun?: boolean
  readonly acceptRemovals?: boolean
  readonly json?: boolean
  readonly removeDemo?: boolean
  readonly allowOlder?: boolean
  readonly acceptMoves?: boolean
  readonly acceptEmptied?: boolean
}

/**
 * `kickstand import FILE`: imports zones from a file. Exits 2 if the file cannot be read, 3 if it is incomplete or
 * empty.
 */
export function importCommand(program: Command): void {
  const command = program
    .command('import')
    .argument(
      '<file>',
      'OSM PBF, Overpass JSON, GeoJSON, KML, CSV, JSON rows, DATEX II and more (feeds/README.md); gzip is unpacked',
    )
    .description('import zones from a file; import a newer file of the same source to update them')
    .option(
      '--profile <name|file>',
      'how to read the source: a name in feeds/ (madrid, taipei, datex2 …), or a JSON file',
    )
    .option('--source <id>', 'id of the source, instead of the one in the profile')
    .addOption(new Option('--supply <kind>', 'kind of parking in a file without a profile').choices(['motorcycle']))
    .option('--allow-older', 'accept a file that is older than the last one of its source')
    .option('--accept-moves', 'accept all positions in the file, however far zones move')
    .option('--accept-emptied', 'accept that a field is empty now which nearly all zones had before')
    .option('--dry-run', 'compare and report; write nothing')
    .option('--accept-removals', 'remove zones that are missing in the file, however many there are')
    .option('--remove-demo', 'also remove the simulated town')
    .option('--json', 'print the report as one JSON object')
    .action(async (file: string, options: Options) => {
      await withService((service) => run(service, resolve(file), options))
    })
  importLegacyCommand(command)
}

async function run(service: Service, file: string, options: Options): Promise<void> {
  const { db } = service.database
  const deps = { db, eventLog: service.eventLog, clock: systemClock, actor: commandActor() }
  const progress = options.json === true ? null : progressBar()
  let report: FileReport
  try {
    report = await importFile(deps, {
      file,
      profile: options.profile ?? null,
      sourceId: options.source ?? null,
      profiles: resolve(projectRoot, 'feeds'),
      supply: options.supply ?? null,
      dryRun: options.dryRun === true,
      allowOlder: options.allowOlder === true,
      acceptMoves: options.acceptMoves === true,
      acceptEmptied: options.acceptEmptied === true,
      acceptRemovals: options.acceptRemovals === true,
      ...(progress === null ? {} : { onBytes: progress.onBytes, onProgress: progress.onReport }),
    })
  } finally {
    progress?.stop()
  }
  const { removed, hint } = await offerDemoRemoval(service, options, report)
  process.exitCode = exitCodeOf(report)
  if (options.json === true) printJson({ ...report, demoRemoved: removed })
  else {
    print(importReportText(report))
    if (removed > 0) print(`Removed the simulated town: ${removed} zones.`)
    if (hint !== null) print(hint)
  }
}

/** Exit code 2 if every object was rejected: it is probably the wrong file, or needs a profile. */
function exitCodeOf({ complete, zones, rejected }: FileReport): number {
  if (!complete) return INCOMPLETE
  if (zones > 0) return 0
  return rejected > 0 ? 2 : INCOMPLETE
}

/** Removes the simulated town if requested, or asks in a terminal: simulated zones among real ones would mislead. */
async function offerDemoRemoval(
  { database, eventLog }: Service,
  options: Options,
  report: FileReport,
): Promise<{ removed: number; hint: string | null }> {
  const none = { removed: 0, hint: null }
  if (options.dryRun === true || report.zones === 0) return none
  const { simulatedZones } = await demoStatus(database.db)
  if (simulatedZones === 0) return none
  const remove = options.removeDemo === true || (options.json !== true && (await isAgreed(simulatedZones)))
  if (!remove) {
    const hint = `The simulated town is still there (${simulatedZones} zones). "npx kickstand demo remove" removes it.`
    return { removed: 0, hint }
  }
  const { zones } = await removeDemo({ db: database.db, eventLog, clock: systemClock, actor: commandActor() })
  return { removed: zones, hint: null }
}

async function isAgreed(zones: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false
  const line = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await line.question(`The database also holds a simulated town of ${zones} zones. Remove it? [Y/n] `)
  line.close()
  return /^\s*(?:y|yes)?\s*$/i.test(answer)
}

type Progress = {
  onBytes(done: number, of: number): void
  onReport(report: { zones: number; rejected: number }): void
  stop(): void
}

/** A bar for each pass over the file; null without a terminal. */
function progressBar(): Progress | null {
  if (!process.stderr.isTTY) return null
  const bar = new SingleBar({
    format: ' {bar} {percentage}% · {zones} zones · {rejected} rejected',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 8,
  })
  let counts = { zones: 0, rejected: 0 }
  bar.start(1, 0, counts)
  return {
    onBytes(done, of) {
      bar.setTotal(of)
      bar.update(done, counts)
    },
    onReport({ zones, rejected }) {
      counts = { zones, rejected }
    },
    stop: () => bar.stop(),
  }
}
