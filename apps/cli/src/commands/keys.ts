import { createFeedKey, listFeedKeys, revokeToken, systemClock, type FeedKey } from '@kickstand/backend'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand keys`: the short form of `kickstand tokens` for sensor readings. */
export function keysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('tokens of sensors and gates; short form of "tokens" with --scope readings:write')

  keys
    .command('create')
    .argument('<feed>', 'id of the feed that the token may send readings for')
    .description('create a token with the scope readings:write; it is shown only once')
    .option('--label <text>', 'note on its owner, shown in the list', '')
    .option('--json', 'print the token as JSON')
    .action(async (feed: string, options: { label: string; json?: boolean }) => {
      await withService(async ({ database }) => {
        const deps = { ...database, clock: systemClock, actor: commandActor() }
        const made = await createFeedKey(deps, feed, options.label)
        if (options.json) return printJson(made)
        print(made.key)
        print()
        print(`This token may send readings of "${feed}". Save it now: it cannot be shown again.`)
        print(`To revoke it: npx kickstand tokens revoke ${made.id}`)
        print(`This was the short form of: npx kickstand tokens create --scope readings:write --feed ${feed}`)
      })
    })

  keys
    .command('list')
    .argument('[feed]', 'only tokens of this feed')
    .description('list tokens of feeds with the time of their last use')
    .option('--json', 'print the list as JSON')
    .action(async (feed: string | undefined, options: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const found = await listFeedKeys({ db }, feed ?? null)
        if (options.json) return printJson({ keys: found })
        if (found.length === 0) print('There are no tokens of feeds. "npx kickstand keys create FEED" creates one.')
        for (const key of found) print(keyLine(key))
      })
    })

  keys
    .command('revoke')
    .argument('<id>', 'id of the token, as in the list')
    .description('revoke a token immediately')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      await withService(async ({ database }) => {
        await revokeToken({ ...database, clock: systemClock, actor: commandActor() }, id)
        if (options.json) printJson({ revoked: id })
        else print(`The token ${id} is revoked.`)
      })
    })
}

function keyLine({ id, feedId, label, createdAt, usedAt, revokedAt }: FeedKey): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ')
  const state =
    revokedAt !== null ? `revoked ${day(revokedAt)}` : usedAt === null ? 'never used' : `used ${day(usedAt)}`
  return `${id}  ${feedId.padEnd(20)} created ${day(createdAt)}  ${state}  ${label}`.trimEnd()
}
