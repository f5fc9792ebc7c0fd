import { createFeedKey, listFeedKeys, revokeToken, systemClock, type FeedKey } from '@kickstand/backend'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand keys`: API keys for sensor readings. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('manage the API keys of sensors and gates')

  keys
    .command('create')
    .argument('<feed>', 'id of the feed that the key may send readings for')
    .description('create a key; it is shown only once')
    .option('--label <text>', 'note on its owner, shown in the list', '')
    .option('--json', 'print the key as JSON')
    .action(async (feed: string, options: { label: string; json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const made = await createFeedKey({ db, clock: systemClock, actor: commandActor() }, feed, options.label)
        if (options.json) return printJson(made)
        print(made.key)
        print()
        print(`This key may send readings of "${feed}". Save it now: it cannot be shown again.`)
        print(`To revoke it: npx kickstand keys revoke ${made.id}`)
      })
    })

  keys
    .command('list')
    .argument('[feed]', 'only keys of this feed')
    .description('list keys with the time of their last use')
    .option('--json', 'print the list as JSON')
    .action(async (feed: string | undefined, options: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const found = await listFeedKeys({ db }, feed ?? null)
        if (options.json) return printJson({ keys: found })
        if (found.length === 0) print('There are no keys. "npx kickstand keys create FEED" creates one.')
        for (const key of found) print(keyLine(key))
      })
    })

  keys
    .command('revoke')
    .argument('<id>', 'id of the key, as in the list')
    .description('revoke a key immediately')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        await revokeToken({ db, clock: systemClock, actor: commandActor() }, id)
        if (options.json) printJson({ revoked: id })
        else print(`The key ${id} is revoked.`)
      })
    })
}

function keyLine({ id, feedId, label, createdAt, usedAt, revokedAt }: FeedKey): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ')
  const state =
    revokedAt !== null ? `revoked ${day(revokedAt)}` : usedAt === null ? 'never used' : `used ${day(usedAt)}`
  return `${id}  ${feedId.padEnd(20)} created ${day(createdAt)}  ${state}  ${label}`.trimEnd()
}
