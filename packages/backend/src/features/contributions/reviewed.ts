/** What moderation reads and changes of contributions and photos. */
export { findContribution, readVotes, updateContribution } from './contribution-store.ts'
export { findPhoto, readImage, updatePhoto, type PhotoRow } from './photos/photo-store.ts'
export { readContributionsById, readOpenContributions, readOpenPhotos, readShownContributions } from './queue-store.ts'
export { readRemovalAttempts } from './removal-store.ts'
export { markVotesUndone, readPhotosBy, readVotesBy, type Contributor } from './undo-store.ts'
