import type { AvailabilityBody } from '@kickstand/contract'
import type { QueryClient } from '@tanstack/react-query'
import { cellsForArea } from '#map/area-cells.ts'
import type { Area } from '../api/client.ts'
import { refetchAll, refetchZones } from './ask-again.ts'
import { putAvailability } from './live-cache.ts'
import { followLive, type LiveStatus } from './live-stream.ts'
import { newsById } from './merge.ts'

/** As the contract's LIVE_MAX_CELLS (kept equal by a test): importing the value would bring the schemas into the page. */
export const LIVE_CELLS = 64
/** A dragged map names new cells with every stop; the stream is opened again only when it rests. */
const SETTLE_MS = 600

export type FiguresHandlers = {
  /** Hears each change after the cache holds it. */
  readonly onNews: (news: ReadonlyMap<string, AvailabilityBody>) => void
  readonly onStatus: (status: LiveStatus) => void
}
export type Follower = {
  /** The areas whose figures are kept live from now on; the first ones first. */
  follow(areas: readonly Area[]): void
  stop(): void
}

/** Writes what the stream tells into the cache. */
export function followFigures(client: QueryClient, { onNews, onStatus }: FiguresHandlers): Follower {
  let followed = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let end: (() => void) | null = null

  function open(cells: readonly string[]): void {
    end?.()
    end = followLive(cells, {
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

  return {
    follow(areas) {
      const cells = [...new Set(areas.flatMap((area) => cellsForArea(area, LIVE_CELLS)))].slice(0, LIVE_CELLS)
      const key = cells.toSorted().join(',')
      if (key === followed || key === '') return
      followed = key
      clearTimeout(timer)
      timer = setTimeout(() => open(cells), end === null ? 0 : SETTLE_MS)
    },
    stop() {
      clearTimeout(timer)
      end?.()
    },
  }
}
