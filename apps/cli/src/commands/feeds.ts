import { resolve } from 'node:path'
import { checkFeed, listFeeds, runFeed, type FeedRun, type RunFeedOptions } from '@kickstand/backend'
import { InvalidArgumentError, type Command } from 'commander'
import { feedListingText, feedRunText } from '#feeds-text.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type Options = { readonly json?: boolean; readonly channel?: 'static' | 'live'; readonly file?: string }

/** `kickstand feeds`: fetch feeds now, try them, and say how they are. Exit 2 where one failed. */
export function feedsCommand(program: Command): void {
  const feeds = program.command('feeds').description('sources that are fetched again and again: zones and live figures')

  withOptions(feeds.command('run').description('fetch feeds now and take what they say'), async (name, options) => {
    await withService(async (service) => show(await runFeed(service, name, runOptions(options)), options, false))
  })
  withOptions(
    feeds.command('check').description('fetch and read feeds, report, write nothing'),
    async (name, options) => {
      await withService(async (service) => show(await checkFeed(service, name, runOptions(options)), options, true))
    },
  )
  feeds
    .command('list')
    .argument('[id]', 'one feed, with its sensors')
    .description('which feeds there are and how they are')
    .option('--json', 'print the list as JSON')
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      await withService(async (service) => {
        const found = await listFeeds(service, id ?? null)
        if (options.json) return printJson({ feeds: found })
        if (found.length === 0) print('No feed is on. List some in KICKSTAND_FEEDS (feeds/README.md).')
        for (const feed of found) print(feedListingText(feed))
      })
    })
}

function withOptions(command: Command, work: (name: string | null, options: Options) => Promise<void>): void {
  command
    .argument('[feed]', 'a profile by name or file; without it all that are on (KICKSTAND_FEEDS)')
    .option('--channel <channel>', 'only its zones (static) or its figures (live)', readChannel)
    .option('--file <file>', 'read this file in place of the address of the channel (static unless told)')
    .option('--json', 'print the reports as JSON')
    .action(async (name: string | undefined, options: Options) => work(name ?? null, options))
}

function readChannel(text: string): 'static' | 'live' {
  if (text !== 'static' && text !== 'live') throw new InvalidArgumentError('expected static or live.')
  return text
}

function runOptions({ channel, file }: Options): RunFeedOptions {
  return { ...(channel === undefined ? {} : { channel }), ...(file === undefined ? {} : { file: resolve(file) }) }
}

function show(runs: readonly FeedRun[], { json }: Options, isTrial: boolean): void {
  if (json) printJson({ feeds: runs })
  else for (const run of runs) print(feedRunText(run, isTrial))
  if (runs.some(({ failed }) => failed.length > 0)) process.exitCode = 2
}
