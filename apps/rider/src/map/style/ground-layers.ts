import type { LayerSpecification } from 'maplibre-gl'
import { byZoom, isClass } from './expressions.ts'
import type { MapPalette } from './palette.ts'

const FROM = { source: 'basemap' } as const

/** The layers below the streets: land, green areas, water, runways and buildings. */
export function groundLayers(p: MapPalette): LayerSpecification[] {
  return [
    {
      id: 'landuse',
      type: 'fill',
      ...FROM,
      'source-layer': 'landuse',
      paint: {
        'fill-antialias': false,
        'fill-color': [
          'match',
          ['get', 'class'],
          ['industrial', 'commercial', 'retail', 'railway', 'garages', 'quarry', 'military'],
          p.industry,
          ['school', 'university', 'college', 'kindergarten', 'library', 'theme_park', 'zoo'],
          p.campus,
          ['hospital'],
          p.care,
          ['cemetery'],
          p.park,
          ['pitch', 'track', 'stadium', 'playground'],
          p.pitch,
          p.town,
        ],
        'fill-opacity': byZoom([
          [6, 0.4],
          [11, 1],
        ]),
      },
    },
    {
      id: 'landcover',
      type: 'fill',
      ...FROM,
      'source-layer': 'landcover',
      filter: isClass('wood', 'grass', 'sand', 'ice', 'wetland', 'farmland', 'rock'),
      paint: {
        'fill-antialias': false,
        'fill-color': [
          'match',
          ['get', 'class'],
          'wood',
          p.wood,
          ['grass', 'wetland'],
          p.park,
          'sand',
          p.sand,
          'ice',
          p.ice,
          p.town,
        ],
        'fill-opacity': ['match', ['get', 'class'], ['farmland', 'rock'], 0.4, 0.9],
      },
    },
    {
      id: 'park',
      type: 'fill',
      ...FROM,
      'source-layer': 'park',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': p.park, 'fill-opacity': 0.7 },
    },
    {
      id: 'waterway',
      type: 'line',
      ...FROM,
      'source-layer': 'waterway',
      filter: ['!=', ['get', 'brunnel'], 'tunnel'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': p.water,
        'line-width': byZoom([
          [8, 0.6],
          [14, 2],
          [18, 8],
        ]),
      },
    },
    {
      id: 'water',
      type: 'fill',
      ...FROM,
      'source-layer': 'water',
      filter: ['!=', ['get', 'brunnel'], 'tunnel'],
      paint: { 'fill-color': p.water, 'fill-outline-color': p.shore },
    },
    {
      id: 'aeroway',
      type: 'fill',
      ...FROM,
      'source-layer': 'aeroway',
      minzoom: 11,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': p.runway, 'fill-opacity': 0.6 },
    },
    {
      id: 'runway',
      type: 'line',
      ...FROM,
      'source-layer': 'aeroway',
      minzoom: 10,
      filter: ['all', ['==', ['geometry-type'], 'LineString'], isClass('runway', 'taxiway')],
      paint: {
        'line-color': p.runway,
        'line-width': byZoom([
          [10, 1],
          [14, 8],
          [18, 60],
        ]),
      },
    },
    {
      id: 'building',
      type: 'fill',
      ...FROM,
      'source-layer': 'building',
      minzoom: 13,
      paint: {
        'fill-color': p.building,
        'fill-outline-color': p.buildingEdge,
        'fill-opacity': byZoom([
          [13, 0],
          [14.5, 1],
        ]),
      },
    },
  ]
}
