// What comes after the first paint, in one chunk: what keeps the page without a network, and what keeps it live.
export { followFigures } from '../live/follow-figures.ts'
export { startOffline } from './start-offline.ts'
