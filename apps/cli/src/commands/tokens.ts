import { createToken, listTokens, revokeToken, rollToken, systemClock, type ListedToken } from '@kickstand/backend'
import { OVERLAPS } from '@kickstand/contract'
import { DomainError, isScope, SCOPES, type Action } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type CreateOptions = {
  readonly organisation?: string
  readonly scope: readonly string[]
  readonly feed?: string
  readonly network: readonly string[]
  readonly expires?: string
  readonly name: string
  readonly json?: boolean
}
type Overlap = (typeof OVERLAPS)[number]

/** `kickstand tokens create|list|revoke|roll`: tokens of machines. */
export function tokensCommand(program: Command): void {
  const tokens = program.command('tokens').description('tokens with which machines use the API')

  tokens
    .command('create')
    .description('create a token; it is shown only once')
    .option('--organisation <id>', 'whose objects it is for; without it, those of the whole installation')
    .requiredOption('--scope <action>', `what it may do; repeat it for several: ${SCOPES.join(', ')}`, collect)
    .option('--feed <id>', 'with readings:write: the feed that it may send readings for')
    .option('--network <cidr>', 'the only network that may use it; repeat it for several', collect, [])
    .option('--expires <date>', 'when it ends, such as 2027-01-31 or 2027-01-31T12:00:00Z; without it, never')
    .option('--name <text>', 'note on its owner, shown in the list', '')
    .option('--json', 'print the token as JSON')
    .action(async (options: CreateOptions) => {
      const input = {
        name: options.name,
        scopes: [...new Set(options.scope)].map(readScope),
        organisationId: options.organisation ?? null,
        feedId: options.feed ?? null,
        networks: options.network,
        creator: null,
        expiresAt: readTime(options.expires),
      }
      await withService(async ({ database }) => {
        const made = await createToken({ ...database, clock: systemClock, actor: commandActor() }, input)
        if (options.json) return printJson({ id: made.id, token: made.token })
        printNew(made)
      })
    })

  tokens
    .command('list')
    .description('list tokens with the time of their last use')
    .option('--organisation <id>', 'only those of this organisation')
    .option('--json', 'print the list as JSON')
    .action(async ({ organisation, json }: { organisation?: string; json?: boolean }) => {
      await withService(async ({ database: { db } }) => {
        const found = await listTokens({ db, clock: systemClock }, organisation ?? null)
        if (json) return printJson({ tokens: found })
        if (found.length === 0) print('There are no tokens. "npx kickstand tokens create" creates one.')
        for (const token of found) print(tokenLine(token))
      })
    })

  tokens
    .command('revoke')
    .argument('<id>', 'id of the token, as in the list')
    .description('revoke a token immediately')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await withService(async ({ database }) => {
        await revokeToken({ ...database, clock: systemClock, actor: commandActor() }, id)
        if (json) printJson({ revoked: id })
        else print(`The token ${id} is revoked.`)
      })
    })

  tokens
    .command('roll')
    .argument('<id>', 'id of the token, as in the list')
    .description('replace a token by a new one that is shown only once')
    .option('--overlap <time>', `how long the old one works beside it: ${OVERLAPS.join(', ')}`, 'none')
    .option('--json', 'print the new token as JSON')
    .action(async (id: string, { overlap, json }: { overlap: string; json?: boolean }) => {
      const roll = { id, overlap: readOverlap(overlap), roller: null }
      await withService(async ({ database }) => {
        const made = await rollToken({ ...database, clock: systemClock, actor: commandActor() }, roll)
        if (json) printJson(made)
        else printNew(made)
      })
    })
}

function printNew({ id, token }: { readonly id: string; readonly token: string }): void {
  print(token)
  print()
  print('Save the token now: it cannot be shown again.')
  print(`To revoke it: npx kickstand tokens revoke ${id}`)
}

function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value]
}

function readScope(text: string): Action {
  if (isScope(text)) return text
  throw new DomainError('invalid-request', `--scope ${text} is no scope. Expected one of ${SCOPES.join(', ')}.`)
}

function readTime(text: string | undefined): number | null {
  if (text === undefined) return null
  const [, day = ''] = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ?? []
  const time = day === '' ? Number.NaN : Date.parse(text)
  // A day such as 31 February is read as one in March.
  const isDay = !Number.isNaN(time) && new Date(Date.parse(day)).toISOString().startsWith(day)
  if (isDay) return time
  throw new DomainError(
    'invalid-request',
    `--expires ${text} is not a time. Expected a date (UTC) or a time with its zone, such as 2027-01-31T12:00:00Z.`,
  )
}

function readOverlap(text: string): Overlap {
  const overlap = OVERLAPS.find((one) => one === text)
  if (overlap !== undefined) return overlap
  throw new DomainError('invalid-request', `--overlap ${text} is unknown. Expected one of ${OVERLAPS.join(', ')}.`)
}

function tokenLine({ id, name, organisationId, scopes, feedId, state, usedAt, expiresAt }: ListedToken): string {
  const whose = feedId ?? organisationId ?? 'installation'
  const used = usedAt === null ? 'never used' : `used ${minute(usedAt)}`
  const end = expiresAt === null ? '' : `  until ${minute(expiresAt)}`
  return `${id}  ${whose.padEnd(20)} ${scopes.join(',')}  ${state}  ${used}${end}  ${name}`.trimEnd()
}

function minute(timestamp: string): string {
  return timestamp.slice(0, 16).replace('T', ' ')
}
