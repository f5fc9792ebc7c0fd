import { listMails, showMail, type ListedMail } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import { Option, type Command } from 'commander'
import { linesOf, print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type ListOptions = { readonly limit: string; readonly state?: ListedMail['state']; readonly json?: boolean }

/** `kickstand mail list|show`: mails that wait, were sent or failed. */
export function mailCommand(program: Command): void {
  const mail = program.command('mail').description('mails to people: what waits, was sent or failed')

  mail
    .command('list')
    .description('list mails, the newest first; without KICKSTAND_SMTP_URL they wait and can be read here')
    .option('--limit <number>', 'at most this many', '50')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'sent', 'failed', 'expired']))
    .option('--json', 'print the list as JSON')
    .action(async ({ limit, state, json }: ListOptions) => {
      if (!/^[1-9]\d{0,3}$/.test(limit))
        throw new DomainError('invalid-request', `--limit ${limit} is not a number from 1 to 9999.`)
      await withService(async ({ database: { db } }) => {
        const mails = await listMails(db, { limit: Number(limit), state: state ?? null })
        if (json) return printJson({ mails })
        if (mails.length === 0) print('There are no such mails.')
        for (const one of mails) print(mailLine(one))
      })
    })

  mail
    .command('show')
    .argument('<id>', 'id as in the list')
    .description('show a mail with its text, which is deleted once it was sent')
    .option('--json', 'print it as one JSON object')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const shown = await showMail(db, id)
        if (json) return printJson(shown)
        // Behind a bar, so that no line of a mail looks like one of this command.
        print([mailLine(shown), '', ...linesOf(shown.text).map((line) => `| ${line}`)])
      })
    })
}

function mailLine({ id, createdAt, kind, to, state, attempts, subject, error }: ListedMail): string {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : ''
  return `${id}  ${createdAt}  ${state}${tries}  ${kind} to ${to}: ${subject}${error === null ? '' : ` (${error})`}`
}
