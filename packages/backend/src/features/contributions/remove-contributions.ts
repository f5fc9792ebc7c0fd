/** What other features do with the contributions to zones, and of riders, that they remove. */
export {
  deleteContributionsOfZones,
  eraseContributionsOfRiders,
  zonesWithContributions,
} from './contribution-removal-store.ts'
