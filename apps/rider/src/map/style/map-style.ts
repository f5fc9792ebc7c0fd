import type { SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { MapBasemap, MapTheme } from '../map-types.ts'
import { boundaryLayers } from './boundary-layers.ts'
import { groundLayers } from './ground-layers.ts'
import { labelLayers } from './label-layers.ts'
import { MAP_PALETTES } from './palette.ts'
import { roadLayers } from './road-layers.ts'
import { outlineLayers, zoneLayers } from './zone-layers.ts'

export type MapStyleOptions = {
  basemap: MapBasemap
  theme: MapTheme
  /** CSS font families for labels, best first. */
  fonts: readonly string[]
  /** Address of the server's zone tiles with {z}, {x}, {y}. */
  zoneTiles: string
}

/** Above this zoom MapLibre overzooms the zone tiles. */
const FAR_MAX_ZOOM = 14

/** Sources that the page fills itself. Their data is kept when the style changes. */
export const OWN_SOURCES = ['zones', 'zone-outlines', 'rider'] as const
export type OwnSource = (typeof OWN_SOURCES)[number]

/**
 * The MapLibre style: ground, streets and labels (if there is a basemap) and the zones above them. It has no `glyphs`,
 * so text is drawn with local fonts and no font server is used.
 */
export function mapStyle({ basemap, theme, fonts, zoneTiles }: MapStyleOptions): StyleSpecification {
  const palette = MAP_PALETTES[theme]
  const tiles = basemap.kind === 'tiles' && basemap.url !== null ? basemap.url : null
  return {
    version: 8,
    name: `Kickstand ${theme}`,
    sources: {
      ...(tiles === null ? {} : { basemap: basemapSource(tiles, basemap.attribution) }),
      'zones-far': { type: 'vector', tiles: [zoneTiles], minzoom: 0, maxzoom: FAR_MAX_ZOOM },
      zones: { ...emptySource(), promoteId: 'id' },
      'zone-outlines': { ...emptySource(), promoteId: 'id' },
      rider: emptySource(),
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
      ...(tiles === null ? [] : [...groundLayers(palette), ...roadLayers(palette), ...boundaryLayers(palette)]),
      ...outlineLayers(theme),
      ...(tiles === null ? [] : labelLayers(palette, fonts)),
      ...zoneLayers(theme, fonts),
    ],
  }
}

function basemapSource(url: string, attribution: string): SourceSpecification {
  return attribution === '' ? { type: 'vector', url } : { type: 'vector', url, attribution }
}

function emptySource(): Extract<SourceSpecification, { type: 'geojson' }> {
  return { type: 'geojson', data: { type: 'FeatureCollection', features: [] } }
}
