import type { AppConfigBody } from '@kickstand/contract'
import { createContext, use } from 'react'
import type { MapZone } from '#map/map-types.ts'
import type { Point } from '#api/client.ts'
import type { LiveStatus } from '#live/live-stream.ts'
import type { Ahead } from './ahead.ts'
import type { FilterControl } from './use-filters.ts'
import type { Rider } from './use-rider.ts'
import type { View } from './view.ts'

/** State of the shell that its pages use. */
export type ShellState = {
  readonly config: AppConfigBody | undefined
  /** Epoch milliseconds by the server's clock; updated regularly. */
  readonly now: number
  /** Minutes from now that the page shows; 0 for the present. */
  readonly ahead: Ahead
  readonly filter: FilterControl
  readonly view: View | null
  /** The centre of the list and of the map. */
  readonly centre: Point | null
  readonly rider: Rider
  /** The zone id in the address when the page was loaded; null if there was none. */
  readonly initialZoneId: string | null
  readonly locate: () => void
  readonly live: LiveStatus
  readonly showOnMap: (view: View) => void
  readonly goTo: (view: View) => void
  readonly hasMap: boolean
  /** The form for a missing place is open, so the map centre is marked. */
  readonly isAddingPlace: boolean
  readonly setAddingPlace: (isAddingPlace: boolean) => void
  /** Numbers the stops of a plan on the map while the address has a plan. */
  readonly markStops: (stops: readonly MapZone[]) => void
}

export const ShellStateContext = createContext<ShellState | null>(null)

/** Throws if the component is rendered outside the shell. */
export function useShellState(): ShellState {
  const state = use(ShellStateContext)
  if (!state) throw new Error('useShellState: render this component inside <Shell>.')
  return state
}
