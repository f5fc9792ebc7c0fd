// Loaded after the first paint as one chunk: offline support, live figures, measurements of the page.
import type { QueryClient } from '@tanstack/react-query'
import { sendPageFigures } from '../api/send-page-figures.ts'
import { startOffline } from './start-offline.ts'

export { putAvailability } from '../live/live-cache.ts'
export { followFigures } from '../live/follow-figures.ts'

/** Starts what the first paint does not need. */
export function startAfterPaint(client: QueryClient): void {
  startOffline(client)
  sendPageFigures()
}
