import { removeSource, systemClock, undoSource, type RemovedSource, type UndoneSource } from '@kickstand/backend'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { changeLines } from '#import-report-text.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Options = { readonly dryRun?: boolean; readonly json?: boolean }

const depsOf = ({ database, eventLog }: Service) => ({ database, eventLog, clock: systemClock, actor: commandActor() })

/** `kickstand sources remove|undo`: removes a source from the map, or undoes its last import or removal. */
export function sourcesCommand(program: Command): void {
  const sources = program
    .command('sources')
    .description('remove a source from the map, or undo its last import or removal')

  sources
    .command('remove')
    .argument('<id>', 'id of the source')
    .description('remove all zones of a source from the map; zones that other sources list stay, and reports are kept')
    .option('--dry-run', 'show what would be removed; write nothing')
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
    .argument('[id]', 'id of the source; default: the one that was imported or removed last')
    .description('undo the last import or removal of a source; later changes of other sources stay')
    .option('--dry-run', 'show what would be undone; write nothing')
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
    `  retired    ${count(retired).padStart(9)}   removed from the map; their reports are kept`,
    `  kept       ${count(kept).padStart(9)}   still listed by another source`,
    '',
    ...changeLines(changes),
  ]
  if (!dryRun) {
    lines.push(`To undo this: npx kickstand sources undo ${source}`)
    lines.push('If KICKSTAND_FEEDS names this source, remove it there; otherwise the next fetch adds its zones again.')
  }
  return lines.join('\n')
}

function undoneText({ source, dryRun, kind, at, restored, retired }: UndoneSource): string {
  const done = dryRun ? 'Would undo' : 'Undid'
  return [
    `${done} the ${kind} of ${source} from ${new Date(at).toISOString()}${dryRun ? '. Dry run: nothing was written.' : '.'}`,
    '',
    `  restored   ${count(restored).padStart(9)}   restored to their state before it`,
    `  retired    ${count(retired).padStart(9)}   added by it; removed from the map unless another source lists them`,
  ].join('\n')
}
