import {
  accountBody,
  createAdmin,
  listAccounts,
  createAccountRecovery,
  requireAccountByEmail,
  systemClock,
} from '@kickstand/backend'
import { DomainError, isPlatformRole, readEmail } from '@kickstand/domain'
import { InvalidArgumentError, type Command } from 'commander'
import { accountLine, accountLines } from '#accounts/account-text.ts'
import { toPrintedLink } from '#accounts/link-text.ts'
import { peopleDeps } from '#accounts/people-deps.ts'
import { changingAccountCommands } from '#commands/accounts-changes.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

/** `kickstand accounts`: the people who can sign in at the console. */
export function accountsCommand(program: Command): void {
  const accounts = program.command('accounts').description('manage the people who can sign in at /console')
  readingCommands(accounts)
  linkCommands(accounts)
  changingAccountCommands(accounts)
}

type ListOptions = {
  readonly q?: string
  readonly role?: string
  readonly state?: 'active' | 'suspended'
  readonly limit: number
  readonly json?: boolean
}

function readingCommands(accounts: Command): void {
  accounts
    .command('list')
    .description('list accounts, in the order of their e-mail addresses')
    .option('--q <text>', 'only accounts whose name or e-mail address contains this')
    .option('--role <role>', 'only accounts with this role: support, moderator, auditor or admin')
    .option('--state <state>', 'only these: active or suspended', readState)
    .option('--limit <number>', 'at most this many', readLimit, 50)
    .option('--json', 'print the list as JSON')
    .action(async ({ q, role, state, limit, json }: ListOptions) => {
      await withService(async ({ database: { db } }) => {
        const filter = { limit, ...given({ q, role: readRole(role), state }) }
        const list = await listAccounts({ db, clock: systemClock }, filter)
        if (json === true) return printJson(list)
        for (const account of list.accounts) print(accountLine(account))
        if (list.accounts.length === 0) print('There are no such accounts.')
        if (list.nextCursor !== null) print('There are more: raise --limit, or narrow the list with --q.')
      })
    })

  accounts
    .command('show')
    .argument('<email>', 'e-mail address of the account')
    .description('show one account')
    .option('--json', 'print it as JSON')
    .action(async (email: string, { json }: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const account = await requireAccountByEmail(db, readEmail(email))
        const body = await accountBody(db, account, systemClock())
        if (json === true) printJson(body)
        else print(accountLines(body))
      })
    })
}

function linkCommands(accounts: Command): void {
  accounts
    .command('create-admin')
    .argument('<email>', 'e-mail address of the person')
    .description('print a link with which this person becomes an admin; an account that exists becomes one at once')
    .option('--reason <text>', 'why, for the audit log', 'made an admin at the command line')
    .option('--json', 'print the link as JSON')
    .action(async (email: string, { reason, json }: { reason: string; json?: boolean }) => {
      await withService(async (service) => {
        const created = await createAdmin(peopleDeps(service), readEmail(email), reason)
        if ('link' in created) {
          const printed = toPrintedLink(service.config, 'setup', created.link)
          if (json === true) return printJson(printed)
          print([
            printed.link,
            '',
            `${email} becomes an admin with this link. It works once, until ${printed.expiresAt}.`,
          ])
          return
        }
        if (json === true) printJson({ link: null, account: { id: created.accountId } })
        else if (created.wasAdmin) print(`The account ${email} is an admin already.`)
        else print(`The account ${email} is an admin now. No link is needed: the person signs in as before.`)
      })
    })

  accounts
    .command('recover')
    .argument('<email>', 'e-mail address of the account')
    .description('print a link with which a person who cannot sign in any more sets new credentials')
    .option('--reason <text>', 'why, for the audit log', 'recovered at the command line')
    .option('--json', 'print the link as JSON')
    .action(async (email: string, { reason, json }: { reason: string; json?: boolean }) => {
      await withService(async (service) => {
        const { id } = await requireAccountByEmail(service.database.db, readEmail(email))
        const link = await createAccountRecovery(peopleDeps(service), null, id, reason)
        const printed = toPrintedLink(service.config, 'recovery', link)
        if (json === true) return printJson(printed)
        print([printed.link, '', `Hand it to the person in private. It works once, until ${printed.expiresAt}.`])
      })
    })
}

/** The properties that are not undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function readRole(role: string | undefined) {
  if (role === undefined || isPlatformRole(role)) return role
  throw new DomainError('invalid-request', `--role ${role} is no role. Expected support, moderator, auditor or admin.`)
}

function readState(state: string): string {
  if (state === 'active' || state === 'suspended') return state
  throw new InvalidArgumentError('expected active or suspended.')
}

function readLimit(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number above 0.')
  return Number(text)
}
