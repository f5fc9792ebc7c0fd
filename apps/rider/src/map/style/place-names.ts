import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { isClass, zoomCurve } from './expressions.ts'
import type { LabelText } from './label-text.ts'

/** Names of quarters and islands, at zoom 11.5 to 16.5. */
export function quarterNames(text: LabelText): LayerSpecification {
  return {
    id: 'place-quarter',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'place',
    minzoom: 11.5,
    maxzoom: 16.5,
    filter: isClass('suburb', 'quarter', 'neighbourhood', 'locality', 'hamlet', 'island', 'borough'),
    layout: { ...text.layout, 'text-transform': 'uppercase', 'text-letter-spacing': 0.12, 'text-max-width': 7 },
    paint: text.paint,
  }
}

/** Names of cities, towns and villages, the important ones first. */
export function townNames(text: LabelText): LayerSpecification {
  return {
    id: 'place-town',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'place',
    minzoom: 4,
    maxzoom: 14,
    filter: isClass('city', 'town', 'village'),
    layout: { ...text.layout, 'symbol-sort-key': ['coalesce', ['get', 'rank'], 99] },
    paint: text.paint,
  }
}

/** Text size by zoom and kind of place, in CSS pixels. */
export function townSize(): ExpressionSpecification {
  const at = (city: number, town: number, village: number): ExpressionSpecification => [
    'match',
    ['get', 'class'],
    'city',
    city,
    'town',
    town,
    village,
  ]
  return zoomCurve(1, [
    [5, at(12, 10, 9)],
    [10, at(18, 14, 11)],
    [13, at(22, 18, 14)],
  ])
}

/** Names of countries, up to zoom 8. */
export function countryNames(text: LabelText): LayerSpecification {
  return {
    id: 'place-country',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'place',
    maxzoom: 8,
    filter: isClass('country'),
    layout: { ...text.layout, 'text-letter-spacing': 0.06 },
    paint: text.paint,
  }
}
