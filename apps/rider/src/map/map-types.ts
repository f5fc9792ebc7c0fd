import type { AppConfigBody, AvailabilityBody } from '@kickstand/contract'
import type { Outline } from '@kickstand/domain'

/** The fields of a zone that the map needs. Degrees WGS84. */
export type MapZone = {
  id: string
  lat: number
  lng: number
  name: string | null
  capacity: number | null
  outline: Outline | null
  availability: AvailabilityBody
  /** Its number in a plan, drawn beside its plate. */
  mark?: string
}

/** The view of the map: its centre in degrees and MapLibre's zoom (512 px tiles). */
export type MapView = { lat: number; lng: number; zoom: number }

/** The visible area in degrees. `west > east` if it crosses the antimeridian. */
export type MapArea = { west: number; south: number; east: number; north: number }

export type MapTheme = 'light' | 'dark'

export type MapBasemap = AppConfigBody['basemap']

/** The rider's position; accuracy is the radius in metres. */
export type MapRider = { lat: number; lng: number; accuracy: number }

/** CSS pixels at the edges that the panel covers. */
export type MapPadding = { bottom: number; left: number }

export type MapLabels = {
  map: string
  /** The accessible name of a zone's plate. */
  zone: (zone: MapZone) => string
  zoomIn: string
  zoomOut: string
}

/** Why no map can be drawn: the browser has no WebGL 2, or the WebGL context was lost. */
export type MapUnavailable = 'no-webgl' | 'context-lost'

export type ZoneMapProps = {
  basemap: MapBasemap
  theme: MapTheme
  zones: readonly MapZone[]
  /** Stops of a plan in their order: marked 1, 2, 3 whether or not they are among the zones. */
  stops?: readonly MapZone[] | undefined
  /** Filters the zone tiles, which are shown at low zoom: `?covered=yes`, or empty. */
  filterQuery?: string
  selectedId: string | null
  /** A new object starts a flight; with reduced motion the map jumps. */
  view: MapView
  rider: MapRider | null
  labels: MapLabels
  padding?: MapPadding
  /** Called when the map stops moving. */
  onMove: (view: MapView, area: MapArea) => void
  onSelect: (id: string | null) => void
  onUnavailable?: (reason: MapUnavailable) => void
  /** The map draws again after `context-lost`. */
  onAvailable?: () => void
}
