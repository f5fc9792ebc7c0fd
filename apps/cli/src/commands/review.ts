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
import { whoDecides } from '#actor.ts'

/** Kinds of items in the moderation queue. The part of an id before the colon names the kind. */
const KINDS: readonly ReviewKind[] = [alarmReviews, matchReviews, contributionReviews, photoReviews]
/** `review show` accepts their ids, too; the queue has no items of these kinds. */
const CONTRIBUTORS: readonly ReviewKind[] = [riderContributor, networkContributor]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number above 0.')
  return Number(text)
}

/** `kickstand review list|show|accept|reject`: the moderation queue. */
export function reviewCommand(program: Command): void {
  const review = program.command('review').description('list and decide the items of the moderation queue')

  review
    .command('list')
    .description('list the queue: items that wait for a decision')
    .option('--kind <kind>', `only items of this kind: ${KINDS.map(({ name }) => name).join(', ')}`)
    .option('--limit <count>', 'maximum number of items of each kind', wholeNumber, 50)
    .option('--shown', 'list the contributions that are shown to all riders instead, newest first')
    .option('--undone', 'list what was undone with "review undo" instead, newest first')
    .option('--json', 'print the list as JSON')
    .action(async (options: ListOptions) => {
      if (options.shown === true || options.undone === true) return listPast(options)
      const kinds = options.kind === undefined ? KINDS : [kindNamed(options.kind)]
      await withService(async (service) => {
        const items = (await Promise.all(kinds.map((kind) => kind.list(service, options.limit)))).flat()
        if (options.json) return printJson(items)
        for (const { id, line } of items) print(`${id}  ${line}`)
        if (items.length === 0) print('The queue is empty.')
      })
    })

  review
    .command('show')
    .argument('<id>', 'id as in the list: match:…, contribution:…, photo:…, alarm:…; or rider:…, network:…')
    .description('show one item with its evidence')
    .option('--out <file>', 'write the image of a photo to this file, as WebP')
    .option('--json', 'print it as JSON')
    .action(async (id: string, options: { out?: string; json?: boolean }) => {
      const [kind, itemId] = parseId(id)
      await withService(async (service) => {
        const { text, body, image = null } = await kind.show(service, itemId)
        if (options.out !== undefined) {
          if (image === null)
            throw new DomainError('not-found', `${id} has no image. Only photos that are not rejected have one.`)
          await writeFile(options.out, image)
        }
        if (options.json) printJson(body)
        else print(text)
      })
    })

  for (const [verb, description] of [
    ['accept', 'accept an item: join the two zones of a match, show a contribution or a photo'],
    ['reject', 'reject an item: keep the two zones of a match apart, hide a contribution, delete a photo'],
  ] as const) {
    review
      .command(verb)
      .argument('<id>', 'id as in the list: match:…, contribution:…, photo:…')
      .description(description)
      .option('--by <name>', 'name of the moderator, for the record', whoDecides())
      .option('--reason <text>', 'reason, for the record; the rider sees it too')
      .action(async (id: string, { by, reason }: { by: string; reason?: string }) => {
        const [kind, itemId] = parseId(id)
        const decision = { by: by.slice(0, 100), reason: readText(reason)?.slice(0, 500) ?? null }
        await withService(async (service) => print(await kind[verb](service, itemId, decision)))
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

/** Past items: shown contributions, or undos. */
async function listPast({ limit, shown, json }: ListOptions): Promise<void> {
  await withService(async ({ database: { db } }) => {
    const items =
      shown === true
        ? (await listShown({ db })).map((review) => ({ ...review, line: reviewLine(review) }))
        : (await listUndos({ db })).map(({ id, by, reason, at }) => {
            const line = `${new Date(at).toISOString()}  undone by ${by}${reason === null ? '' : `: ${reason}`}`
            return { id, by, reason, at, line }
          })
    const listed = items.slice(0, limit)
    if (json === true) return printJson(listed.map(({ line: _line, ...item }) => item))
    for (const { id, line } of listed) print(`${id}  ${line}`)
    if (items.length > limit) print(`… and ${items.length - limit} more: --limit ${items.length} lists them.`)
    if (items.length === 0) print(shown === true ? 'No contribution is shown.' : 'Nothing was undone.')
  })
}

function kindNamed(name: string): ReviewKind {
  const kind = [...KINDS, ...CONTRIBUTORS].find((one) => one.name === name)
  if (kind !== undefined) return kind
  const names = KINDS.map((one) => one.name).join(', ')
  throw new DomainError('invalid-request', `There is no kind "${name}" to review. Kinds: ${names}.`)
}

/** Splits an id as in the list into its kind and the id within that kind. */
function parseId(id: string): readonly [kind: ReviewKind, itemId: string] {
  const [kind, itemId = ''] = id.split(':', 2)
  return [kindNamed(kind), itemId]
}
