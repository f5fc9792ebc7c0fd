import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { isClass, LOCAL_NAME } from './expressions.ts'
import type { LabelText } from './label-text.ts'

/** Names of landmarks: stations, hospitals, parks, stadiums, museums, universities. */
export function interestNames(green: LabelText, other: LabelText): LayerSpecification[] {
  const base = { type: 'symbol', source: 'basemap', 'source-layer': 'poi' } as const
  const named: ExpressionSpecification = ['!=', LOCAL_NAME, '']
  return [
    {
      id: 'poi-green',
      ...base,
      minzoom: 15,
      filter: ['all', named, isClass('park', 'garden', 'cemetery', 'golf')],
      layout: green.layout,
      paint: green.paint,
    },
    {
      id: 'poi-place',
      ...base,
      minzoom: 16,
      filter: [
        'all',
        named,
        [
          'any',
          isClass('hospital', 'stadium', 'museum', 'college', 'university', 'town_hall', 'ferry_terminal', 'castle'),
          [
            'in',
            ['get', 'subclass'],
            ['literal', ['ferry_terminal', 'theatre', 'marketplace', 'aquarium', 'townhall']],
          ],
        ],
      ],
      layout: { ...other.layout, 'symbol-sort-key': ['coalesce', ['get', 'rank'], 99] },
      paint: other.paint,
    },
    {
      id: 'poi-station',
      ...base,
      minzoom: 13.5,
      filter: [
        'all',
        named,
        isClass('railway'),
        ['in', ['get', 'subclass'], ['literal', ['station', 'halt', 'subway']]],
      ],
      layout: other.layout,
      paint: other.paint,
    },
  ]
}
