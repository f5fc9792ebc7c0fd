import { removeSource, systemClock, undoSource, type RemovedSource, type UndoneSource } from '@kickstand/backend'
import type { Command } from 'commander'
import { changeLines } from '#import-report-text.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Options = { readonly dryRun?: boolean; readonly json?: boolean }

const depsOf = ({ database, eventLog }: Service) => ({ database, eventLog, clock: systemClock })

/** `kickstand sources remove|undo`: take a whole source off the map, or its last import or removal back. */
export function sourcesCommand(program: Command): void {
  const sources = program.command('sources').description('take a source off the map, or its last import back')

  sources
    .command('remove')
    .argument('<id>', 'the id of the source')
    .description('take all that a source lists off the map; what other sources list stays, and reports are kept')
    .option('--dry-run', 'say what would go, write nothing')
    .option('--json', 'print the result as one JSON object')
    .action(async (id: string, { dryRun, json }: Options) => {
      await withService(async (service) => {
        const removed = await removeSource(depsOf(service), id, dryRun === true)
        if (json) printJson(removed)
        else print(removedText(removed))
      })
    })

  sources
    .command('undo')
    .argument('[id]', 'the id of the source; without it the one that was imported or removed last')
    .description('take the last import or removal of a source back, whatever others said since')
    .option('--dry-run', 'say what would be taken back, write nothing')
    .option('--json', 'print the result as one JSON object')
    .action(async (id: string | undefined, { dryRun, json }: Options) => {
      await withService(async (service) => {
        const undone = await undoSource(depsOf(service), id ?? null, dryRun === true)
        if (json) printJson(undone)
        else print(undoneText(undone))
      })
    })
}

const count = (figure: number): string => figure.toLocaleString('en')

function removedText({ source, name, dryRun, retired, kept, changes }: RemovedSource): string {
  const lines = [
    `${name} (${source})${dryRun ? '. Dry run: nothing was written.' : ''}`,
    '',
    `  retired    ${count(retired).padStart(9)}   taken off the map; their reports are kept`,
    `  kept       ${count(kept).padStart(9)}   still listed by another source`,
    '',
    ...changeLines(changes),
  ]
  if (!dryRun) {
    lines.push(`To take this back: npx kickstand sources undo ${source}`)
    lines.push('If KICKSTAND_FEEDS fetches this source, take it out there, or the next fetch brings it back.')
  }
  return lines.join('\n')
}

function undoneText({ source, dryRun, kind, at, restored, retired }: UndoneSource): string {
  const done = dryRun ? 'Would take back' : 'Took back'
  return [
    `${done} the ${kind} of ${source} from ${new Date(at).toISOString()}${dryRun ? '. Dry run: nothing was written.' : '.'}`,
    '',
    `  restored   ${count(restored).padStart(9)}   as they were before it`,
    `  retired    ${count(retired).padStart(9)}   it had added; off the map unless another source lists them`,
  ].join('\n')
}
