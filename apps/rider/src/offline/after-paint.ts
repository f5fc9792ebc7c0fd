// Loaded after the first paint as one chunk: offline support and live figures.
export { putAvailability } from '../live/live-cache.ts'
export { followFigures } from '../live/follow-figures.ts'
export { startOffline } from './start-offline.ts'
