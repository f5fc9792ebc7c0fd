import type { AvailabilityBody } from '@kickstand/contract'
import type { QueryClient } from '@tanstack/react-query'
import { cellsForArea } from '#map/area-cells.ts'
import type { Area } from '../api/client.ts'
import { refetchAll, refetchZones } from './refetch.ts'
import { putAvailability } from './live-cache.ts'
import { followLive, type LiveStatus } from './live-stream.ts'
import { changesById } from './merge.ts'

/**
 * Equal to LIVE_MAX_CELLS of the contract, which a test checks. Importing that would bundle the schemas with the page.
 */
export const LIVE_CELLS = 64
/**
 * While the map is dragged its cells change often. The stream is reopened only after they have stayed the same this
 * long.
 */
const DEBOUNCE_MS = 600

export type FiguresHandlers = {
  /** Called with each change after it is in the cache. */
  readonly onChange: (changes: ReadonlyMap<string, AvailabilityBody>) => void
  readonly onStatus: (status: LiveStatus) => void
}
export type Follower = {
  /** Keeps the figures of these areas live. Earlier areas have priority where there are too many cells. */
  follow(areas: readonly Area[]): void
  stop(): void
}

/** Writes the messages of the live stream into the query cache. */
export function followFigures(client: QueryClient, { onChange, onStatus }: FiguresHandlers): Follower {
  let followed = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let end: (() => void) | null = null

  function open(cells: readonly string[]): void {
    end?.()
    end = followLive(cells, {
      onAvailability(message) {
        const changes = changesById(message)
        putAvailability(client, changes)
        onChange(changes)
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
      timer = setTimeout(() => open(cells), end === null ? 0 : DEBOUNCE_MS)
    },
    stop() {
      clearTimeout(timer)
      end?.()
    },
  }
}
