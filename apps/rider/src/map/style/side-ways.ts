import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { byZoom, isClass } from './expressions.ts'
import type { MapPalette } from './palette.ts'

const RAILS = ['rail', 'transit', 'light_rail', 'tram', 'subway', 'narrow_gauge', 'monorail', 'funicular']
const FROM = { source: 'basemap', 'source-layer': 'transportation' } as const

/** Footways, cycleways and tracks, which are not for motorcycles. */
export function paths(p: MapPalette): LayerSpecification {
  return {
    id: 'path',
    type: 'line',
    ...FROM,
    minzoom: 14.5,
    filter: ['all', isClass('path', 'track', 'pedestrian'), ['!=', ['coalesce', ['get', 'brunnel'], ''], 'tunnel']],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': p.path,
      'line-width': byZoom([
        [14.5, 0.6],
        [17, 1.4],
        [20, 4],
      ]),
      'line-dasharray': [3, 1.6],
      'line-opacity': byZoom([
        [14.5, 0],
        [16, 0.65],
      ]),
    },
  }
}

/** Piers, from zoom 13. */
export function pier(p: MapPalette): LayerSpecification {
  return {
    id: 'pier',
    type: 'line',
    ...FROM,
    minzoom: 13,
    filter: isClass('pier'),
    paint: {
      'line-color': p.land,
      'line-width': byZoom([
        [13, 1],
        [17, 8],
        [20, 30],
      ]),
    },
  }
}

export function ferry(p: MapPalette): LayerSpecification {
  return {
    id: 'ferry',
    type: 'line',
    ...FROM,
    filter: isClass('ferry'),
    paint: { 'line-color': p.ferry, 'line-width': 1, 'line-dasharray': [5, 4] },
  }
}

/** Rails above ground, with ties at high zoom. */
export function railLayers(p: MapPalette): LayerSpecification[] {
  const filter: ExpressionSpecification = [
    'all',
    isClass(...RAILS),
    ['!=', ['coalesce', ['get', 'brunnel'], ''], 'tunnel'],
  ]
  return [
    {
      id: 'rail',
      type: 'line',
      ...FROM,
      minzoom: 11,
      filter,
      paint: {
        'line-color': p.rail,
        'line-width': byZoom([
          [11, 0.5],
          [15, 1.2],
          [19, 2.5],
        ]),
      },
    },
    {
      id: 'rail-ties',
      type: 'line',
      ...FROM,
      minzoom: 15,
      filter,
      paint: {
        'line-color': p.rail,
        'line-width': byZoom([
          [15, 3],
          [19, 8],
        ]),
        'line-dasharray': [0.3, 2.6],
      },
    },
  ]
}
