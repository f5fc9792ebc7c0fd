import { writeFile } from 'node:fs/promises'
import { listShown, listUndos } from '@kickstand/backend'
import { DomainError, readText } from '@kickstand/domain'
import { InvalidArgumentError, type Command } from 'commander'
import { print, printJson } from '#output.ts'
import { reviewUndoCommand } from '#commands/review-undo.ts'
import { reviewLine } from '#review-text.ts'
import { alarmReviews } from '#review/alarm-reviews.ts'
import { networkContributor, riderContributor } from '#review/contributor-reviews.ts'
import { contributionReviews, photoReviews } from '#review/rider-reviews.ts'
import { matchReviews } from '#review/match-reviews.ts'
import type { ReviewKind } from '#review/review-kind.ts'
import { withService } from '#service.ts'
import { whoDecides } from '#who-decides.ts'

/** What waits for a human's word; each kind has its own list, told apart by the word before the colon of an id. */
const KINDS: readonly ReviewKind[] = [alarmReviews, matchReviews, contributionReviews, photoReviews]
const CONTRIBUTORS: readonly ReviewKind[] = [riderContributor, networkContributor]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number over 0.')
  return Number(text)
}

/** `kickstand review list|show|accept|reject`: what the service will not decide by itself. */
export function reviewCommand(program: Command): void {
  const review = program.command('review').description('what waits for a human’s word')

  review
    .command('list')
    .description('what is open')
    .option('--kind <kind>', `only these: ${KINDS.map(({ name }) => name).join(', ')}`)
    .option('--limit <count>', 'at most so many of each kind', wholeNumber, 50)
    .option('--shown', 'what riders have changed for all to see, the newest first')
    .option('--undone', 'what was taken back with "review undo", the newest first')
    .option('--json', 'print the list as JSON')
    .action(async (options: ListOptions) => {
      if (options.shown === true || options.undone === true) return listPast(options)
      const kinds = options.kind === undefined ? KINDS : [kindNamed(options.kind)]
      await withService(async (service) => {
        const items = (await Promise.all(kinds.map((kind) => kind.list(service, options.limit)))).flat()
        if (options.json) return printJson(items)
        for (const { id, line } of items) print(`${id}  ${line}`)
        if (items.length === 0) print('Nothing waits for a word.')
      })
    })

  review
    .command('show')
    .argument('<id>', 'as in the list: match:…, contribution:…, photo:…, alarm:…; or rider:…, network:…')
    .description('one question with what speaks for and against')
    .option('--out <file>', 'write the picture, where it is about one, to this file as WebP')
    .option('--json', 'print it as JSON')
    .action(async (id: string, options: { out?: string; json?: boolean }) => {
      const [kind, own] = parseId(id)
      await withService(async (service) => {
        const { text, body, image = null } = await kind.show(service, own)
        if (options.out !== undefined) {
          if (image === null) throw new DomainError('not-found', `There is no picture at ${id}.`)
          await writeFile(options.out, image)
        }
        if (options.json) printJson(body)
        else print(text)
      })
    })

  for (const [verb, description] of [
    ['accept', 'say yes: it is one place, or it is so and may be shown'],
    ['reject', 'say no: they are two places, or it is not so; a photo is deleted'],
  ] as const) {
    review
      .command(verb)
      .argument('<id>', 'as in the list: match:…, contribution:…, photo:…')
      .description(description)
      .option('--by <name>', 'who decides', whoDecides())
      .option('--reason <text>', 'why; a rider reads it too')
      .action(async (id: string, { by, reason }: { by: string; reason?: string }) => {
        const [kind, own] = parseId(id)
        const word = { by: by.slice(0, 100), reason: readText(reason)?.slice(0, 500) ?? null }
        await withService(async (service) => print(await kind[verb](service, own, word)))
      })
  }

  reviewUndoCommand(review)
}

type ListOptions = {
  readonly kind?: string
  readonly limit: number
  readonly shown?: boolean
  readonly undone?: boolean
  readonly json?: boolean
}

/** What does not wait any more: what is shown of riders, or was taken back at once. */
async function listPast({ limit, shown, json }: ListOptions): Promise<void> {
  await withService(async ({ database: { db } }) => {
    const items =
      shown === true
        ? (await listShown({ db })).map((review) => ({ ...review, line: reviewLine(review) }))
        : (await listUndos({ db })).map(({ id, by, reason, at }) => {
            const line = `${new Date(at).toISOString()}  undone by ${by}${reason === null ? '' : `: ${reason}`}`
            return { id, by, reason, at, line }
          })
    const some = items.slice(0, limit)
    if (json === true) return printJson(some.map(({ line: _line, ...item }) => item))
    for (const { id, line } of some) print(`${id}  ${line}`)
    if (items.length > limit) print(`… and ${items.length - limit} more: --limit ${items.length} lists them.`)
    if (items.length === 0) print(shown === true ? 'Riders have changed nothing.' : 'Nothing was taken back.')
  })
}

function kindNamed(name: string): ReviewKind {
  const kind = [...KINDS, ...CONTRIBUTORS].find((one) => one.name === name)
  if (kind !== undefined) return kind
  const names = KINDS.map((one) => one.name).join(', ')
  throw new DomainError('invalid-request', `There is no kind "${name}" to review. Kinds: ${names}.`)
}

function parseId(id: string): readonly [ReviewKind, string] {
  const [kind, own = ''] = id.split(':', 2)
  return [kindNamed(kind), own]
}
