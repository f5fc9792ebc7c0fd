import { createFeedKey, listFeedKeys, revokeFeedKey, systemClock, type FeedKey } from '@kickstand/backend'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand keys`: the keys that readings are sent with. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('keys that sensors and gates send their readings with')

  keys
    .command('create')
    .argument('<feed>', 'the id of the feed that the key may speak for')
    .description('make a key; it is shown this once')
    .option('--label <text>', 'whose it is, for the list', '')
    .option('--json', 'print the key as JSON')
    .action(async (feed: string, options: { label: string; json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const made = await createFeedKey({ db, clock: systemClock }, feed, options.label)
        if (options.json) return printJson(made)
        print(made.key)
        print()
        print(`This key may send readings of "${feed}". Keep it now: it cannot be shown again.`)
        print(`To end it: npx kickstand keys revoke ${made.id}`)
      })
    })

  keys
    .command('list')
    .argument('[feed]', 'only those of this feed')
    .description('which keys there are, and when each was used last')
    .option('--json', 'print the list as JSON')
    .action(async (feed: string | undefined, options: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const found = await listFeedKeys({ db }, feed ?? null)
        if (options.json) return printJson({ keys: found })
        if (found.length === 0) print('There are no keys. npx kickstand keys create FEED makes one.')
        for (const key of found) print(keyLine(key))
      })
    })

  keys
    .command('revoke')
    .argument('<id>', 'the id of the key, as listed')
    .description('end a key at once')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        await revokeFeedKey({ db, clock: systemClock }, id)
        if (options.json) printJson({ revoked: id })
        else print(`The key ${id} is of no use any more.`)
      })
    })
}

function keyLine({ id, feedId, label, createdAt, usedAt, revokedAt }: FeedKey): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ')
  const state =
    revokedAt !== null ? `revoked ${day(revokedAt)}` : usedAt === null ? 'never used' : `used ${day(usedAt)}`
  return `${id}  ${feedId.padEnd(20)} made ${day(createdAt)}  ${state}  ${label}`.trimEnd()
}
