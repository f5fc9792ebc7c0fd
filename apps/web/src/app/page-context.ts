import type { AppConfigBody } from '@kickstand/contract'
import { createContext, use } from 'react'
import type { MapZone } from '#map/map-types.ts'
import type { Point } from '../api/client.ts'
import type { LiveStatus } from '../live/live-stream.ts'
import type { Ahead } from './ahead.ts'
import type { FilterControl } from './use-filters.ts'
import type { Rider } from './use-rider.ts'
import type { View } from './view.ts'

/** What the shell knows and every page inside it may need. */
export type Page = {
  readonly config: AppConfigBody | undefined
  /** Epoch milliseconds by the server's clock; ticks. */
  readonly now: number
  /** Minutes ahead of now that the page shows; 0 for now. */
  readonly ahead: Ahead
  readonly filter: FilterControl
  readonly view: View | null
  /** What the list is asked for: the middle of the map. */
  readonly centre: Point | null
  readonly rider: Rider
  /** The zone that the page was opened with, by its address. */
  readonly openedWith: string | null
  readonly locate: () => void
  readonly live: LiveStatus
  readonly showOnMap: (view: View) => void
  readonly goTo: (view: View) => void
  readonly hasMap: boolean
  /** A missing place is being told of: the middle of the map is marked. */
  readonly isPlacing: boolean
  readonly setPlacing: (isPlacing: boolean) => void
  /** Numbers the stops of a plan on the map, for as long as the address has a plan. */
  readonly markStops: (stops: readonly MapZone[]) => void
}

export const PageContext = createContext<Page | null>(null)

/** Throws where a page is drawn outside the shell. */
export function usePage(): Page {
  const page = use(PageContext)
  if (!page) throw new Error('usePage: this page must be drawn inside the shell')
  return page
}
