import { newId, systemClock, undoContributor } from '@kickstand/backend'
import { DomainError, readText } from '@kickstand/domain'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { undoneText } from '#review-text.ts'
import { withService } from '#service.ts'
import { whoDecides } from '#who-decides.ts'

type Options = {
  readonly rider?: string
  readonly network?: string
  readonly by: string
  readonly reason?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `kickstand review undo`: everything that a rider or a network said, at once. */
export function reviewUndoCommand(review: Command): void {
  review
    .command('undo')
    .description('take back everything that a rider or a network said: contributions, reports, photos')
    .option('--rider <id>', 'a rider, as "review show" names them')
    .option('--network <id>', 'a network, as "review show" names it')
    .option('--by <name>', 'who decides', whoDecides())
    .option('--reason <text>', 'why')
    .option('--dry-run', 'say what would be taken back, write nothing')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const { rider, network, by, dryRun = false } = options
      if ((rider === undefined) === (network === undefined)) {
        throw new DomainError(
          'invalid-request',
          'Name either --rider or --network, as "kickstand review show contribution:ID" does.',
        )
      }
      const contributor =
        rider === undefined
          ? ({ kind: 'network', id: network ?? '' } as const)
          : ({ kind: 'rider', id: rider } as const)
      const word = { by: by.slice(0, 100), reason: readText(options.reason)?.slice(0, 500) ?? null, dryRun }
      await withService(async ({ database: { db }, eventLog }) => {
        const undone = await undoContributor({ db, eventLog, clock: systemClock, newId }, contributor, word)
        if (options.json === true) printJson(undone)
        else print(undoneText(undone))
      })
    })
}
