import type { LayerSpecification } from 'maplibre-gl'
import { isClass } from './expressions.ts'
import type { LabelText } from './label-text.ts'

/** Names along streets of these classes. */
export function streetNames(id: string, classes: string[], minzoom: number, text: LabelText): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'transportation_name',
    minzoom,
    filter: isClass(...classes),
    layout: {
      ...text.layout,
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-max-angle': 30,
      'text-rotation-alignment': 'map',
    },
    paint: text.paint,
  }
}

export function houseNumbers(text: LabelText): LayerSpecification {
  return {
    id: 'house-number',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'housenumber',
    minzoom: 17.5,
    layout: { ...text.layout, 'text-field': ['to-string', ['get', 'housenumber']] },
    paint: text.paint,
  }
}
