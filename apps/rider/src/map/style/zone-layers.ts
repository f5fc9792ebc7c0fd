import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapTheme } from '../map-types.ts'
import { PLATE_COLOURS, ZONE_BLUE } from '../plates/plate-colours.ts'
import { byZoom } from './expressions.ts'
import { fontStack } from './fonts.ts'

/** From this zoom on each zone has a plate; below, the server's tiles show clusters. */
export const PLATES_FROM_ZOOM = 12
const OUTLINES_FROM_ZOOM = 16
const FAR_TILE_LAYER = 'zones'
const RIDER: Record<MapTheme, { core: string; ring: string }> = {
  light: { core: '#1b222b', ring: '#ffb000' },
  dark: { core: '#0b121c', ring: '#ffc14d' },
}

const MARK: { fill: string; ink: string; offset: [number, number] } = {
  fill: '#ffb000',
  ink: '#1b1400',
  offset: [20, -20],
}

const SELECTED: ExpressionSpecification = ['==', ['get', 'selected'], true]

/** The outlines of zones. They belong below the street names. */
export function outlineLayers(theme: MapTheme): LayerSpecification[] {
  const base = { source: 'zone-outlines', minzoom: OUTLINES_FROM_ZOOM } as const
  return [
    {
      id: 'zone-outline-fill',
      type: 'fill',
      ...base,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': ZONE_BLUE[theme], 'fill-opacity': ['case', SELECTED, 0.3, 0.12] },
    },
    {
      id: 'zone-outline-line',
      type: 'line',
      ...base,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': ZONE_BLUE[theme],
        'line-width': ['case', SELECTED, 3.5, 1.5],
        'line-opacity': ['case', SELECTED, 1, 0.6],
      },
    },
  ]
}

/** Zones, clusters and the rider, drawn above everything else. */
export function zoneLayers(theme: MapTheme, fonts: readonly string[]): LayerSpecification[] {
  return [
    ...farLayers(theme, fonts),
    ...accuracyLayers(theme),
    ...plateLayers(theme),
    ...riderLayers(theme),
    ...markLayers(fonts),
    selected(theme),
  ]
}

function farLayers(theme: MapTheme, fonts: readonly string[]): LayerSpecification[] {
  const base = { source: 'zones-far', 'source-layer': FAR_TILE_LAYER } as const
  const count: ExpressionSpecification = ['to-number', ['get', 'count'], 1]
  return [
    {
      // Below each plate. Visible only for zones that the page has not loaded yet.
      id: 'far-dot',
      type: 'circle',
      ...base,
      minzoom: PLATES_FROM_ZOOM,
      filter: ['==', count, 1],
      paint: {
        'circle-radius': 3,
        'circle-color': ZONE_BLUE[theme],
        'circle-stroke-color': PLATE_COLOURS[theme].halo,
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'far-zone',
      type: 'symbol',
      ...base,
      maxzoom: PLATES_FROM_ZOOM,
      filter: ['==', count, 1],
      layout: { 'icon-image': `mini/${theme}/some|||0`, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
    {
      id: 'far-cluster',
      type: 'symbol',
      ...base,
      filter: ['>', count, 1],
      layout: {
        'icon-image': `stack/${theme}`,
        'icon-padding': 2,
        'symbol-sort-key': ['-', 0, count],
        'text-field': [
          'case',
          ['>=', count, 10_000],
          ['concat', ['to-string', ['round', ['/', count, 1000]]], 'k'],
          ['to-string', count],
        ],
        'text-font': fontStack(fonts, 'Bold'),
        'text-size': 14,
        'text-offset': [-0.11, 0.04],
        'text-optional': false,
      },
      paint: { 'text-color': PLATE_COLOURS[theme].inks.some },
    },
  ]
}

function plateLayers(theme: MapTheme): LayerSpecification[] {
  const base = { source: 'zones', minzoom: PLATES_FROM_ZOOM, type: 'symbol' } as const
  const others: ExpressionSpecification = ['!', SELECTED]
  return [
    {
      id: 'zone-mini',
      ...base,
      filter: others,
      layout: {
        'icon-image': ['concat', `mini/${theme}/`, ['get', 'mini']],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['-', 0, ['get', 'rank']],
      },
    },
    {
      id: 'zone-plate',
      ...base,
      filter: others,
      layout: {
        'icon-image': ['concat', `plate/${theme}/`, ['get', 'plate']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], PLATES_FROM_ZOOM, 0.78, 15, 1],
        'icon-padding': 1,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
  ]
}

function selected(theme: MapTheme): LayerSpecification {
  return {
    id: 'zone-selected',
    type: 'symbol',
    source: 'zones',
    filter: SELECTED,
    layout: {
      'icon-image': ['concat', `selected/${theme}/`, ['get', 'plate']],
      'icon-anchor': 'bottom',
      'icon-allow-overlap': true,
      'icon-padding': 4,
    },
  }
}

/** The numbers of a plan's stops at the upper corner of their plates. The selected zone has none. */
function markLayers(fonts: readonly string[]): LayerSpecification[] {
  const base = {
    source: 'zones',
    filter: ['all', ['!=', ['get', 'mark'], ''], ['!', SELECTED]],
  } satisfies Partial<LayerSpecification>
  return [
    {
      id: 'stop-mark',
      type: 'circle',
      ...base,
      paint: {
        'circle-radius': 11,
        'circle-color': MARK.fill,
        'circle-stroke-color': MARK.ink,
        'circle-stroke-width': 1.5,
        'circle-translate': MARK.offset,
      },
    },
    {
      id: 'stop-number',
      type: 'symbol',
      ...base,
      layout: {
        'text-field': ['get', 'mark'],
        'text-font': fontStack(fonts, 'Bold'),
        'text-size': 15,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': MARK.ink, 'text-translate': MARK.offset },
    },
  ]
}

function accuracyLayers(theme: MapTheme): LayerSpecification[] {
  const only: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']
  const { ring } = RIDER[theme]
  return [
    {
      id: 'rider-accuracy',
      type: 'fill',
      source: 'rider',
      filter: only,
      paint: { 'fill-color': ring, 'fill-opacity': 0.16 },
    },
    {
      id: 'rider-accuracy-line',
      type: 'line',
      source: 'rider',
      filter: only,
      paint: { 'line-color': ring, 'line-width': 1.5, 'line-opacity': 0.8 },
    },
  ]
}

function riderLayers(theme: MapTheme): LayerSpecification[] {
  const only: ExpressionSpecification = ['==', ['geometry-type'], 'Point']
  const { core, ring } = RIDER[theme]
  return [
    {
      id: 'rider-halo',
      type: 'circle',
      source: 'rider',
      filter: only,
      paint: { 'circle-radius': 12, 'circle-color': '#ffffff', 'circle-stroke-color': core, 'circle-stroke-width': 1 },
    },
    {
      id: 'rider-dot',
      type: 'circle',
      source: 'rider',
      filter: only,
      paint: {
        'circle-radius': byZoom([
          [10, 5],
          [16, 6],
        ]),
        'circle-color': core,
        'circle-stroke-color': ring,
        'circle-stroke-width': 4,
      },
    },
  ]
}
