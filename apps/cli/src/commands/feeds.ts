import { resolve } from 'node:path'
import { checkFeed, listFeeds, runFeed, type FeedRun, type RunFeedOptions } from '@kickstand/backend'
import { InvalidArgumentError, type Command } from 'commander'
import { commandActor } from '#actor.ts'
import { feedListingText, feedRunText } from '#feeds-text.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type Options = { readonly json?: boolean; readonly channel?: 'static' | 'live'; readonly file?: string }

const depsOf = (service: Service) => ({ ...service, actor: commandActor() })

/** `kickstand feeds`: fetch feeds now, test them, and show their health. Exits 2 if one failed. */
export function feedsCommand(program: Command): void {
  const feeds = program
    .command('feeds')
    .description('sources that are fetched regularly: zones (static) and occupancy (live)')

  withOptions(feeds.command('run').description('fetch feeds now and store their data'), async (name, options) => {
    await withService(async (service) =>
      show(await runFeed(depsOf(service), name, runOptions(options)), options, false),
    )
  })
  withOptions(
    feeds.command('check').description('fetch and parse feeds and report the result; write nothing'),
    async (name, options) => {
      await withService(async (service) =>
        show(await checkFeed(depsOf(service), name, runOptions(options)), options, true),
      )
    },
  )
  feeds
    .command('list')
    .argument('[id]', 'id of one feed, to include its sensors')
    .description('list feeds with their health')
    .option('--json', 'print the list as JSON')
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      await withService(async (service) => {
        const found = await listFeeds(service, id ?? null)
        if (options.json) return printJson({ feeds: found })
        if (found.length === 0) print('No feed is enabled. List feeds in KICKSTAND_FEEDS (see feeds/README.md).')
        for (const feed of found) print(feedListingText(feed))
      })
    })
}

function withOptions(command: Command, work: (name: string | null, options: Options) => Promise<void>): void {
  command
    .argument('[feed]', 'source profile, by name or file; default: all feeds in KICKSTAND_FEEDS')
    .option('--channel <channel>', 'only its zones (static) or its occupancy (live)', readChannel)
    .option('--file <file>', 'read this file instead of the URL of the channel (default channel: static)')
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
