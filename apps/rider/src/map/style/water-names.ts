import type { LayerSpecification } from 'maplibre-gl'
import type { LabelText } from './label-text.ts'

export function waterwayNames(text: LabelText): LayerSpecification {
  return {
    id: 'water-name-line',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'waterway',
    minzoom: 13,
    layout: { ...text.layout, 'symbol-placement': 'line', 'symbol-spacing': 400 },
    paint: text.paint,
  }
}

export function waterNames(text: LabelText): LayerSpecification {
  return {
    id: 'water-name',
    type: 'symbol',
    source: 'basemap',
    'source-layer': 'water_name',
    layout: { ...text.layout, 'text-letter-spacing': 0.08 },
    paint: text.paint,
  }
}
