import { readFile } from 'node:fs/promises'
import {
  invitePeople,
  markBounced,
  newId,
  peopleStatus,
  systemClock,
  type InvitedWave,
  type PeopleStatus,
} from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { linesOf, print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type InviteOptions = {
  readonly wave: string
  readonly limit: string
  readonly id: string
  readonly dryRun?: boolean
  readonly json?: boolean
}
type PeopleOptions = { readonly id: string; readonly json?: boolean }

/** `kickstand import legacy invite` and `kickstand import legacy people`: what becomes of the people of an import. */
export function importLegacyPeopleCommands(legacy: Command): void {
  legacy
    .command('invite')
    .description('invite people of the import by mail, in waves')
    .requiredOption('--wave <number>', 'number of the wave; repeat a call to complete an interrupted wave')
    .requiredOption('--limit <count>', 'people in this wave, at most 1000')
    .option('--id <id>', 'id of the import', 'legacy')
    .option('--dry-run', 'count who would be invited; write nothing')
    .option('--json', 'print the result as one JSON object')
    .action(async ({ wave, limit, id, dryRun = false, json }: InviteOptions) => {
      const input = { id, wave: wholeNumber('--wave', wave), limit: wholeNumber('--limit', limit), dryRun }
      await withService(async ({ config, database }) => {
        const done = await invitePeople({ database, config, newId, clock: systemClock, actor: commandActor() }, input)
        if (json) printJson(done)
        else print(invitedText(done))
      })
    })

  const people = legacy.command('people').description('what became of the people of the import')

  people
    .command('status')
    .description('count people by their answer, and list proposed administrators; exit code 1 if the sums do not match')
    .option('--id <id>', 'id of the import', 'legacy')
    .option('--json', 'print the result as one JSON object')
    .action(async ({ id, json }: PeopleOptions) => {
      await withService(async ({ database: { db } }) => {
        const status = await peopleStatus({ db }, id)
        if (json) printJson(status)
        else print(statusText(status))
        if (!status.agrees) process.exitCode = 1
      })
    })

  people
    .command('bounced')
    .argument('<file>', 'e-mail addresses whose invitations came back, one a line')
    .description('mark people as bounced')
    .option('--id <id>', 'id of the import', 'legacy')
    .option('--json', 'print the result as one JSON object')
    .action(async (file: string, { id, json }: PeopleOptions) => {
      const lines = linesOf(await readLines(file))
      await withService(async ({ database }) => {
        const done = await markBounced({ database, clock: systemClock, actor: commandActor() }, id, lines)
        if (json) return printJson(done)
        print(`${done.bounced} people marked as bounced.`)
        for (const line of done.unknown) print(`  not waiting for an answer in ${id}: ${line}`)
      })
    })
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new DomainError('invalid-request', `${option} ${text} is not a number.`)
}

async function readLines(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new DomainError('unreadable-file', `Cannot read ${file}. Check the path and its permissions.`, [], error)
  }
}

function invitedText({ wave, invited, before, dryRun }: InvitedWave): string[] {
  const verb = dryRun ? 'would be invited (nothing was written)' : 'are invited'
  const lines = [`Wave ${wave}: ${invited} people ${verb}${before > 0 ? `, after ${before} by earlier calls` : ''}.`]
  if (!dryRun && invited > 0) lines.push('The mails are in the queue: npx kickstand mail list')
  return lines
}

function statusText(status: PeopleStatus): string[] {
  const { invited, joined, bounced, declined, waiting, notMailed, erased, waves, proposedAdmins, agrees } = status
  const lines = [
    `${invited} invited = ${joined} joined + ${bounced} bounced + ${declined} declined + ${waiting} waiting (${notMailed} of them without a mail yet)`,
    `${erased} did not come within 90 days and were erased`,
  ]
  for (const one of waves) {
    lines.push(
      `wave ${one.wave}: ${one.invited} invited = ${one.joined} joined + ${one.bounced} bounced + ${one.declined} declined + ${one.waiting} waiting; ${one.erased} erased`,
    )
  }
  for (const { accountId, email, roles, state } of proposedAdmins)
    lines.push(
      `was an administrator: ${email} (account ${accountId}, ${state}, roles here: ${roles.join(', ') || 'none'})`,
    )
  lines.push(agrees ? 'All sums match.' : 'SUMS DO NOT MATCH.')
  return lines
}
