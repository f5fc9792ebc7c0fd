import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { type FetchRule, loadProfile, type Profile } from '@kickstand/ingest'
import type { Config } from '#platform/config.ts'

/** A feed that can be run: its profile, the profile's file, and the folder that relative paths are resolved against. */
export type FeedSetup = { readonly profile: Profile; readonly file: string; readonly folder: string }

/**
 * The enabled feeds. `setting` lists profiles by name or file, or names a folder whose profiles with an address are all
 * enabled; empty for none. Throws `unknown-profile`, and `invalid-config` where a profile has no address or two have
 * the same id.
 */
export async function findFeeds(setting: string, profiles: string): Promise<FeedSetup[]> {
  const feeds: FeedSetup[] = []
  for (const part of setting.split(',').map((one) => one.trim())) {
    if (part === '') continue
    if (await isFolder(part)) feeds.push(...(await feedsOfFolder(part)))
    else {
      const feed = await findFeed(part, profiles)
      if (!hasAddress(feed.profile)) {
        const text = `KICKSTAND_FEEDS: the profile "${part}" has no address to fetch. Give it "static" or "live" (feeds/README.md).`
        throw new DomainError('invalid-config', text)
      }
      feeds.push(feed)
    }
  }
  const duplicate = feeds.find((feed, i) => feeds.findIndex((other) => other.profile.id === feed.profile.id) !== i)
  if (duplicate !== undefined) {
    throw new DomainError(
      'invalid-config',
      `KICKSTAND_FEEDS names two feeds with the id "${duplicate.profile.id}". Remove one, or change its id.`,
    )
  }
  return feeds
}

/** The enabled feeds of a service. Throws the errors of `findFeeds` as one line that names the setting. */
export async function findEnabledFeeds({ feeds, profiles }: Pick<Config, 'feeds' | 'profiles'>): Promise<FeedSetup[]> {
  return findFeeds(feeds, profiles).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== 'unknown-profile') throw error
    const text = `KICKSTAND_FEEDS: ${error.message.replaceAll(/\n\s*/g, ' ')}`
    throw new DomainError('unknown-profile', text, error.errors, error)
  })
}

/** One feed by its profile's name or file. Throws `unknown-profile`. */
export async function findFeed(nameOrFile: string, profiles: string): Promise<FeedSetup> {
  const isFile = nameOrFile.endsWith('.json') || nameOrFile.includes('/')
  const file = isFile ? path.resolve(nameOrFile) : path.join(profiles, `${nameOrFile}.json`)
  return { profile: await loadProfile(nameOrFile, profiles), file, folder: path.dirname(file) }
}

/** The channels that a profile has an address for. */
export function channelsOf(profile: Profile): { channel: 'static' | 'live'; rule: FetchRule }[] {
  return (['static', 'live'] as const).flatMap((channel) => {
    const rule = profile[channel]
    return rule?.address === undefined ? [] : [{ channel, rule }]
  })
}

function hasAddress(profile: Profile): boolean {
  return channelsOf(profile).length > 0
}

async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function feedsOfFolder(folder: string): Promise<FeedSetup[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
  const feeds = await Promise.all(files.toSorted().map((file) => findFeed(path.join(folder, file), folder)))
  return feeds.filter(({ profile }) => hasAddress(profile))
}
