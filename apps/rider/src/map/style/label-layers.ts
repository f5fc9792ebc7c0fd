import type { LayerSpecification } from 'maplibre-gl'
import type { Weight } from './fonts.ts'
import { interestNames } from './interest-names.ts'
import { grow, labelText, type LabelStyle } from './label-text.ts'
import type { MapPalette } from './palette.ts'
import { countryNames, quarterNames, townNames, townSize } from './place-names.ts'
import { houseNumbers, streetNames } from './street-names.ts'
import { waterNames, waterwayNames } from './water-names.ts'

/** Label layers from bottom to top: house numbers, water, streets, landmarks, quarters, towns and countries. */
export function labelLayers(p: MapPalette, fonts: readonly string[]): LayerSpecification[] {
  const text = (colour: string, size: LabelStyle['size'], weight: Weight = 'Regular') =>
    labelText({ colour, halo: p.halo, size, weight, fonts })
  return [
    houseNumbers(text(p.text.number, 11)),
    waterwayNames(text(p.text.water, 12, 'Italic')),
    waterNames(text(p.text.water, 13, 'Italic')),
    streetNames('street-name-small', ['service', 'path', 'track', 'pedestrian'], 16.5, text(p.text.road, 11.5)),
    streetNames('street-name-minor', ['minor', 'busway'], 14.5, text(p.text.road, grow(14.5, 11, 18, 14), 'Medium')),
    streetNames(
      'street-name-medium',
      ['secondary', 'tertiary'],
      13.5,
      text(p.text.road, grow(13.5, 11, 18, 14.5), 'Medium'),
    ),
    streetNames(
      'street-name-major',
      ['motorway', 'trunk', 'primary'],
      12.5,
      text(p.text.road, grow(13, 11, 18, 15), 'Semibold'),
    ),
    ...interestNames(text(p.text.green, 11.5, 'Medium'), text(p.text.poi, 11.5, 'Medium')),
    quarterNames(text(p.text.quarter, grow(12, 11, 16, 13), 'Semibold')),
    townNames(text(p.text.place, townSize(), 'Semibold')),
    countryNames(text(p.text.place, grow(2, 11, 7, 17), 'Semibold')),
  ]
}
