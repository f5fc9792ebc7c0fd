export { allEntries, listEntries, type ShownEntry } from './audit/list-entries.ts'
export { sealEntries } from './audit/seal-entries.ts'
export { verifyChain, type VerifiedChain } from './audit/verify-chain.ts'
export { type Actor } from './audit/actor.ts'
export { buildInWorker } from './read-model/build-in-worker.ts'
export { accessRows, accessTable } from './app/access-table.ts'
export { inspectContents } from './app/inspect-contents.ts'
export { listAccess } from './app/list-access.ts'
export { listMigrations } from './db/migrate.ts'
export { openDatabase, type Database } from './db/open-database.ts'
export { importPredecessor } from './features/transfer/import-predecessor/import-predecessor.ts'
export { type PredecessorMapping } from './features/transfer/import-predecessor/predecessor-run.ts'
export { type PredecessorReport } from './features/transfer/import-predecessor/predecessor-report.ts'
export { openPredecessor } from './features/transfer/import-predecessor/open-predecessor.ts'
export { rollBackImport, type RolledBack } from './features/transfer/import-predecessor/roll-back.ts'
export { transferDatabase, type MoveProgress, type MoveReport } from './features/transfer/move/transfer-database.ts'
export { createEventLog, type EventLog } from './db/event-log.ts'
export { WORLD_SOURCE, worldZones } from './features/demo/world.ts'
export { systemClock, uptime, type Clock } from './platform/clock.ts'
export { newId, zoneIdFor } from './platform/ids.ts'
export { tuneV8Heap } from './platform/tune-v8-heap.ts'
export { sleep } from './platform/sleep.ts'
export { showScores, type ShownScore, type ShownScores } from './features/availability/show-scores.ts'
export { serve } from './app/serve.ts'
export { startService, type RunningService, type StartOptions } from './app/start.ts'
export { demoStatus, type DemoStatus } from './features/demo/demo-status.ts'
export { makeDemo, type MadeDemo } from './features/demo/make-demo.ts'
export { removeDemo } from './features/demo/remove-demo.ts'
export { decideMatch, joinZones, splitZone } from './features/zones/decide-match.ts'
export { explainZone, type ExplainedPair, type ZoneExplanation } from './features/zones/explain-zone.ts'
export { listMatchQuestions, showMatchQuestion, type MatchQuestion } from './features/zones/list-match-reviews.ts'
export { type StoredEntry } from './features/zones/match-store.ts'
export { zoneColumns } from './features/zones/import-rows.ts'
export { importFile, type FileReport } from './features/zones/import-file.ts'
export { importSnapshot, type ImportDeps, type SnapshotInput } from './features/zones/import-snapshot.ts'
export { removeSource, type RemovedSource } from './features/zones/remove-source.ts'
export { undoSource, type UndoneSource } from './features/zones/undo-source.ts'
export { type ImportReport } from './features/zones/import-report.ts'
export { checkFeed, listFeeds, runFeed, type FeedListing, type FeedRun, type RunFeedOptions } from './app/run-feeds.ts'
export { createFeedKey, listFeedKeys, type FeedKey } from './features/tokens/feed-keys.ts'
export { revokeToken } from './features/tokens/revoke-token.ts'
export { type LiveReport } from './features/sensors/run-live.ts'
export { decideReview } from './features/moderation/decide-review.ts'
export {
  listAlarms,
  listReviews,
  listShown,
  type ListedAlarm,
  type Review,
} from './features/moderation/list-reviews.ts'
export { listUndos } from './features/moderation/list-undos.ts'
export {
  readContributor,
  undoContributor,
  type Contributions,
  type Undone,
} from './features/moderation/undo-contributor.ts'
export { showReview, type ShownReview } from './features/moderation/show-review.ts'
