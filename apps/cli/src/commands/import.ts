import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { demoStatus, importFile, removeDemo, systemClock, type FileReport } from '@kickstand/backend'
import { SingleBar } from 'cli-progress'
import { type Command, Option } from 'commander'
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

/** `kickstand import FILE`: bring a file of real parking into the database. Exit 2 where the file cannot be read, 3 where it is incomplete or empty. */
export function importCommand(program: Command): void {
  const command = program
    .command('import')
    .argument(
      '<file>',
      'OSM PBF, Overpass JSON, GeoJSON, KML, CSV, JSON rows, DATEX II and more (feeds/README.md); gzip is unpacked',
    )
    .description('import real parking from a file; again with a newer one to update')
    .option(
      '--profile <name|file>',
      'how to read the source: a name in feeds/ (madrid, taipei, datex2 …), or a JSON file',
    )
    .option('--source <id>', 'id of the source, in place of the profile’s own')
    .addOption(new Option('--supply <kind>', 'what a list without a profile holds').choices(['motorcycle']))
    .option('--allow-older', 'import a file that is older than the last one of its source')
    .option('--accept-moves', 'accept all positions of the file, however far zones move')
    .option('--accept-emptied', 'accept that a field which nearly all zones had is empty now')
    .option('--dry-run', 'compare and report, write nothing')
    .option('--accept-removals', 'take off the map what is not in the file, however much that is')
    .option('--remove-demo', 'take the simulated town away as well')
    .option('--json', 'print the report as one JSON object')
    .action(async (file: string, options: Options) => {
      await withService((service) => run(service, resolve(file), options))
    })
  importLegacyCommand(command)
}

async function run(service: Service, file: string, options: Options): Promise<void> {
  const { db } = service.database
  const deps = { db, eventLog: service.eventLog, clock: systemClock }
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
  const { removed, hint } = await settleDemo(service, options, report)
  process.exitCode = exitCodeOf(report)
  if (options.json === true) printJson({ ...report, demoRemoved: removed })
  else {
    print(importReportText(report))
    if (removed > 0) print(`The simulated town is gone: ${removed} zones.`)
    if (hint !== null) print(hint)
  }
}

/** Exit 2 where every object was rejected: it is probably the wrong file, or needs a profile. */
function exitCodeOf({ complete, zones, rejected }: FileReport): number {
  if (!complete) return INCOMPLETE
  if (zones > 0) return 0
  return rejected > 0 ? 2 : INCOMPLETE
}

/** Real parking beside a simulated town would mislead: the town is taken away when asked for, offered where one can ask. */
async function settleDemo(
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
    const hint = `The simulated town is still there (${simulatedZones} zones). npx kickstand demo remove takes it away.`
    return { removed: 0, hint }
  }
  const { zones } = await removeDemo({ db: database.db, eventLog })
  return { removed: zones, hint: null }
}

async function isAgreed(zones: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false
  const line = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await line.question(`The database also holds a simulated town of ${zones} zones. Take it away? [Y/n] `)
  line.close()
  return /^\s*(?:y|yes)?\s*$/i.test(answer)
}

type Progress = {
  onBytes(done: number, of: number): void
  onReport(report: { zones: number; rejected: number }): void
  stop(): void
}

/** A bar for each pass over the file; nothing where nobody watches. */
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
