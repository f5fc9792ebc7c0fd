import { allEntries, listEntries, verifyChain, type ShownEntry, type VerifiedChain } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type ListOptions = {
  readonly limit: string
  readonly action?: string
  readonly object?: string
  readonly json?: boolean
}

/** `kickstand audit list|export|verify`: who changed what. */
export function auditCommand(program: Command): void {
  const audit = program.command('audit').description('who changed what, and whether the log is whole')

  audit
    .command('list')
    .description('list changes, the newest first')
    .option('--limit <number>', 'at most this many', '50')
    .option('--action <action>', 'only this action, such as tokens:create')
    .option('--object <kind:id>', 'only changes of this object, such as source:osm')
    .option('--json', 'print the list as JSON')
    .action(async ({ limit, action, object, json }: ListOptions) => {
      const filter = { limit: readLimit(limit), action, object: readObject(object) }
      await withService(async ({ database: { db } }) => {
        const entries = await listEntries(db, filter)
        if (json) return printJson({ entries })
        if (entries.length === 0) print('There are no such changes.')
        for (const entry of entries) print(entryLine(entry))
      })
    })

  audit
    .command('export')
    .description('print all changes as JSON, one a line, the newest first')
    .action(async () => {
      await withService(async ({ database: { db } }) => {
        for await (const entry of allEntries(db)) printJson(entry)
      })
    })

  audit
    .command('verify')
    .description('recompute the chain of hashes; exit code 2 if an entry was changed, removed or inserted')
    .option('--head <number:hash>', 'the last link that an earlier run printed: it must still be in the chain')
    .option('--json', 'print the result as one JSON object')
    .action(async ({ head, json }: { head?: string; json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const verified = await verifyChain(db, readHead(head))
        if (json) printJson(verified)
        else print(verifiedLines(verified))
        if (verified.broken !== null) process.exitCode = 2
      })
    })
}

function readLimit(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new DomainError('invalid-request', `--limit ${text} is not a number from 1 to 9999.`)
}

function readObject(text: string | undefined): { kind: string; id: string } | undefined {
  if (text === undefined) return undefined
  const colon = text.indexOf(':')
  if (colon > 0) return { kind: text.slice(0, colon), id: text.slice(colon + 1) }
  throw new DomainError('invalid-request', `--object ${text} has no kind. Expected kind:id, such as source:osm.`)
}

function readHead(text: string | undefined): { seq: number; hash: string } | null {
  if (text === undefined) return null
  const [, seq, hash] = /^([1-9]\d{0,14}):([\w-]{43})$/.exec(text) ?? []
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash }
  throw new DomainError(
    'invalid-request',
    `--head ${text} is not a link. Expected what "audit verify" printed as head.`,
  )
}

function entryLine({ at, actor, action, object, reason }: ShownEntry): string {
  const why = reason === null ? '' : `, because: ${reason}`
  return `${at}  ${action}  ${object.kind}:${object.id}  by ${actor.name ?? '(erased)'} (${actor.kind})${why}`
}

function verifiedLines({ entries, unsealed, head, broken }: VerifiedChain): string[] {
  const lines = [`${entries} entries verified${unsealed > 0 ? `, ${unsealed} not in the chain yet` : ''}`]
  if (head !== null) lines.push(`head: ${head.seq}:${head.hash}   keep it elsewhere, and pass it to --head later`)
  if (broken !== null) {
    const where = broken.seq === null ? '' : `link ${broken.seq}, `
    lines.push(`BROKEN: ${where}entry ${broken.entryId ?? '(unknown)'} was ${broken.fault}`)
  }
  return lines
}
