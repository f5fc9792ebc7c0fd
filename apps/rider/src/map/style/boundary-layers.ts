import type { LayerSpecification } from 'maplibre-gl'
import { byZoom } from './expressions.ts'
import type { MapPalette } from './palette.ts'

/** Borders of countries and their regions. */
export function boundaryLayers(p: MapPalette): LayerSpecification[] {
  return [
    {
      id: 'boundary',
      type: 'line',
      source: 'basemap',
      'source-layer': 'boundary',
      filter: ['all', ['<=', ['get', 'admin_level'], 4], ['!=', ['get', 'maritime'], 1]],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': p.boundary,
        'line-width': ['match', ['get', 'admin_level'], 2, 1.4, 0.8],
        'line-opacity': byZoom([
          [3, 0.5],
          [10, 0.8],
        ]),
        'line-dasharray': [4, 2],
      },
    },
  ]
}
