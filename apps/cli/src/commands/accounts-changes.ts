import {
  accountBody,
  changeRoles,
  endSessions,
  eraseAccount,
  listSessions,
  requireAccountByEmail,
  restoreAccount,
  suspendAccount,
  systemClock,
} from '@kickstand/backend'
import { readEmail } from '@kickstand/domain'
import type { Command } from 'commander'
import { sessionLine } from '#accounts/account-text.ts'
import { peopleDeps } from '#accounts/people-deps.ts'
import { readRoles, readUntil } from '#accounts/read-arguments.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Reason = { readonly reason: string; readonly json?: boolean }

/** The subcommands of `kickstand accounts` that change an account. */
export function changingAccountCommands(accounts: Command): void {
  onAccount(accounts, 'roles', 'set the platform roles of an account')
    .requiredOption('--set <roles>', 'roles, comma-separated: support, moderator, auditor, admin; or none', joinRoles)
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(async (email: string, { set, reason, json }: Reason & { set: string }) => {
      const roles = readRoles(set)
      await withAccount(email, async (service, id) => {
        const changed = await changeRoles(peopleDeps(service), null, id, { roles, reason })
        const body = await accountBody(service.database.db, changed, systemClock())
        if (json === true) printJson(body)
        else print(`${body.email} has ${body.roles.length === 0 ? 'no role' : body.roles.join(', ')} now.`)
      })
    })

  onAccount(accounts, 'suspend', 'suspend an account and end its sessions')
    .requiredOption('--reason <text>', 'why, for the audit log; staff see it at the account')
    .option('--until <time>', 'when it ends, such as 2026-12-31 or 2026-12-31T18:00:00Z; without it: never')
    .action(async (email: string, { reason, until, json }: Reason & { until?: string }) => {
      const end = until === undefined ? null : readUntil(until)
      await withAccount(email, async (service, id) => {
        const changed = await suspendAccount(peopleDeps(service), null, id, { reason, until: end })
        if (json === true) return printJson(await accountBody(service.database.db, changed, systemClock()))
        const shownEnd = end === null ? '' : ` until ${new Date(end).toISOString()}`
        print(`${changed.email} is suspended${shownEnd}. All sessions of the account have ended.`)
      })
    })

  onAccount(accounts, 'restore', 'lift the suspension of an account')
    .option('--reason <text>', 'why, for the audit log', 'restored at the command line')
    .action(async (email: string, { reason, json }: Reason) => {
      await withAccount(email, async (service, id) => {
        const changed = await restoreAccount(peopleDeps(service), null, id, reason)
        if (json === true) printJson(await accountBody(service.database.db, changed, systemClock()))
        else print(`${changed.email} is not suspended and can sign in.`)
      })
    })

  onAccount(accounts, 'sessions', 'list the open sessions of an account, or end them')
    .option('--end', 'end all of them')
    .option('--reason <text>', 'why, for the audit log', 'ended at the command line')
    .action(async (email: string, { end, reason, json }: Reason & { end?: boolean }) => {
      await withAccount(email, async (service, id) => {
        if (end === true) {
          const ended = await endSessions(peopleDeps(service), null, id, reason)
          if (json === true) printJson({ ended })
          else print(ended === 0 ? 'There was no open session.' : `${ended} sessions have ended.`)
          return
        }
        const { config, database } = service
        const list = await listSessions({ db: database.db, clock: systemClock, config }, id, null)
        if (json === true) return printJson(list)
        for (const session of list.sessions) print(sessionLine(session))
        if (list.sessions.length === 0) print('There is no open session.')
      })
    })

  onAccount(accounts, 'erase', 'erase an account and what is stored about the person; this cannot be undone')
    .requiredOption('--reason <text>', 'why, for the audit log; without personal data')
    .action(async (email: string, { reason, json }: Reason) => {
      await withAccount(email, async (service, id) => {
        await eraseAccount(peopleDeps(service), id, reason)
        if (json === true) printJson({ erased: id })
        else print(`The account ${id} is erased. The audit log keeps its entries without names.`)
      })
    })
}

function onAccount(accounts: Command, name: string, description: string): Command {
  return accounts
    .command(name)
    .argument('<email>', 'e-mail address of the account')
    .description(description)
    .option('--json', 'print the result as JSON')
}

/** Runs `work` with the id of the account that has an e-mail address. */
async function withAccount(email: string, work: (service: Service, id: string) => Promise<void>): Promise<void> {
  const address = readEmail(email)
  await withService(async (service) => {
    const { id } = await requireAccountByEmail(service.database.db, address)
    await work(service, id)
  })
}

/** A repeated `--set` adds to the earlier ones. Otherwise only the last would count, and take the other roles away. */
function joinRoles(text: string, earlier?: string): string {
  return earlier === undefined ? text : `${earlier},${text}`
}
