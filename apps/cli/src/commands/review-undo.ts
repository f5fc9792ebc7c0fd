import { newId, systemClock, undoContributor } from '@kickstand/backend'
import { DomainError, readText } from '@kickstand/domain'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { undoneText } from '#review-text.ts'
import { withService } from '#service.ts'
import { commandActor, whoDecides } from '#actor.ts'

type Options = {
  readonly rider?: string
  readonly network?: string
  readonly by: string
  readonly reason?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `kickstand review undo`: undoes everything that a rider or a network contributed. */
export function reviewUndoCommand(review: Command): void {
  review
    .command('undo')
    .description('undo everything that a rider or a network contributed: contributions, reports, photos')
    .option('--rider <id>', 'id of a rider, as shown by "review show"')
    .option('--network <id>', 'id of a network, as shown by "review show"')
    .option('--by <name>', 'name of the moderator, for the record', whoDecides())
    .option('--reason <text>', 'reason, for the record')
    .option('--dry-run', 'show what would be undone; write nothing')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const { rider, network, by, dryRun = false } = options
      if ((rider === undefined) === (network === undefined)) {
        throw new DomainError(
          'invalid-request',
          'Give either --rider or --network. "kickstand review show contribution:ID" shows their ids.',
        )
      }
      const contributor =
        rider === undefined
          ? ({ kind: 'network', id: network ?? '' } as const)
          : ({ kind: 'rider', id: rider } as const)
      const decision = { by: by.slice(0, 100), reason: readText(options.reason)?.slice(0, 500) ?? null, dryRun }
      await withService(async ({ database: { db }, eventLog }) => {
        const undone = await undoContributor(
          { db, eventLog, clock: systemClock, newId, actor: commandActor() },
          contributor,
          decision,
        )
        if (options.json === true) printJson(undone)
        else print(undoneText(undone))
      })
    })
}
