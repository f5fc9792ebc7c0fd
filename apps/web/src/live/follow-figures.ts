import type { AvailabilityBody } from '@kickstand/contract'
import type { QueryClient } from '@tanstack/react-query'
import { refetchAll, refetchZones } from './ask-again.ts'
import { putAvailability } from './live-cache.ts'
import { followLive, type LiveStatus } from './live-stream.ts'
import { newsById } from './merge.ts'

export type FiguresHandlers = {
  /** Hears each change after the cache holds it. */
  readonly onNews: (news: ReadonlyMap<string, AvailabilityBody>) => void
  readonly onStatus: (status: LiveStatus) => void
}

/** Writes what the stream of these cells tells into the cache, until the returned function is called. */
export function followFigures(
  client: QueryClient,
  cells: readonly string[],
  { onNews, onStatus }: FiguresHandlers,
): () => void {
  return followLive(cells, {
    onAvailability(message) {
      const news = newsById(message)
      putAvailability(client, news)
      onNews(news)
    },
    onZones: ({ ids }) => refetchZones(client, ids),
    onReset: () => refetchAll(client),
    onStatus,
  })
}
