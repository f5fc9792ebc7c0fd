// Files and feeds.
export { readFeed, type Feed, type FeedInput } from './read-feed.ts'
export { readLive } from './live/read-live.ts'
export { loadProfile } from './profiles/load-profile.ts'
export type { Profile } from './profiles/profile-schema.ts'

// Fetching the channels of a feed.
export { fetchChannel, readValidators, type FetchedChannel, type FetchedPage } from './fetch/fetch-channel.ts'
export type { FetchDeps, Validators } from './fetch/fetch-feed.ts'
export { limitsOf } from './fetch/fetch-rule.ts'
export type { FetchRule } from './fetch/fetch-schema.ts'

// Parts for other readers of files.
export { openFeedFile } from './files/feed-file.ts'
export { textOf } from './files/text-encoding.ts'
export { fieldsOf, isFields } from './values.ts'
