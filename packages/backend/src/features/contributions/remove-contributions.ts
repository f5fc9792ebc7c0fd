/** What other features do with the contributions to zones, and of riders, that they remove. */
export {
  deleteContributionsOfZones,
  deletePhotosOfRiders,
  zonesContributedTo,
  zonesWithContributions,
} from './contribution-removal-store.ts'
export { eraseContributions } from './erase-contributions.ts'
