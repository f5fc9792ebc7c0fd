import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { byZoom, isClass, zoomCurve } from './expressions.ts'
import type { MapPalette } from './palette.ts'
import { ferry, paths, pier, railLayers } from './side-ways.ts'

const STREETS = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'minor', 'service', 'busway', 'raceway']
const FROM = { source: 'basemap', 'source-layer': 'transportation' } as const

type Level = 'tunnel' | 'ground' | 'bridge'

/** Streets, paths and rails from tunnels to bridges. At each level all casings are below all streets. */
export function roadLayers(p: MapPalette): LayerSpecification[] {
  return [
    ...streetLayers('tunnel', p),
    pier(p),
    ferry(p),
    paths(p),
    ...railLayers(p),
    ...streetLayers('ground', p),
    ...streetLayers('bridge', p),
    laneMarks(p),
  ]
}

function streetLayers(level: Level, p: MapPalette): LayerSpecification[] {
  const filter: ExpressionSpecification = ['all', isClass(...STREETS), levelIs(level)]
  const order = { 'line-sort-key': streetOrder(), 'line-join': 'round' } as const
  return [
    {
      id: `street-${level}-casing`,
      type: 'line',
      ...FROM,
      minzoom: 11,
      filter,
      layout: { ...order, 'line-cap': level === 'ground' ? 'round' : 'butt' },
      paint: {
        'line-color': level === 'bridge' ? p.bridgeCasing : p.casing,
        'line-width': streetWidth(level === 'bridge' ? 2 : 1.6),
        ...(level === 'tunnel' ? { 'line-dasharray': [1.5, 1], 'line-opacity': 0.7 } : {}),
      },
    },
    {
      id: `street-${level}`,
      type: 'line',
      ...FROM,
      filter,
      layout: { ...order, 'line-cap': 'round' },
      paint: {
        'line-color': streetColour(p),
        'line-width': streetWidth(0),
        'line-opacity': level === 'tunnel' ? 0.4 : 1,
      },
    },
  ]
}

function levelIs(level: Level): ExpressionSpecification {
  const brunnel: ExpressionSpecification = ['coalesce', ['get', 'brunnel'], '']
  return level === 'ground' ? ['!', ['in', brunnel, ['literal', ['tunnel', 'bridge']]]] : ['==', brunnel, level]
}

/** Draws smaller streets first, so that larger ones are on top at crossings. */
function streetOrder(): ExpressionSpecification {
  return ['-', 0, ['index-of', ['get', 'class'], ['literal', STREETS]]]
}

function streetColour(p: MapPalette): ExpressionSpecification {
  return [
    'match',
    ['get', 'class'],
    ['motorway', 'trunk'],
    p.motorway,
    'primary',
    p.major,
    ['secondary', 'tertiary'],
    p.medium,
    p.minor,
  ]
}

/** CSS pixels by class and zoom. `edge` is added for the casing; ramps are narrower. */
function streetWidth(edge: number): ExpressionSpecification {
  const at = (
    motorway: number,
    primary: number,
    secondary: number,
    tertiary: number,
    minor: number,
    service: number,
  ) => {
    const wide: ExpressionSpecification = [
      'match',
      ['get', 'class'],
      ['motorway', 'trunk'],
      motorway,
      'primary',
      primary,
      'secondary',
      secondary,
      'tertiary',
      tertiary,
      'minor',
      minor,
      service,
    ]
    const ramp: ExpressionSpecification = ['case', ['==', ['get', 'ramp'], 1], 0.6, 1]
    return ['+', edge, ['*', ramp, wide]] satisfies ExpressionSpecification
  }
  return zoomCurve(1.5, [
    [5, at(0.8, 0.4, 0, 0, 0, 0)],
    [10, at(2, 1.4, 0.9, 0.5, 0, 0)],
    [12, at(3.2, 2.6, 2, 1.4, 0.6, 0)],
    [14, at(6, 5.5, 4.6, 4, 2.6, 1)],
    [16, at(13, 12, 11, 9.5, 7.5, 3.5)],
    [18, at(30, 28, 26, 23, 19, 9)],
    [20, at(70, 66, 62, 56, 48, 24)],
  ])
}

/** Dashed lane marks along the middle of larger streets. */
function laneMarks(p: MapPalette): LayerSpecification {
  return {
    id: 'lane-marks',
    type: 'line',
    ...FROM,
    minzoom: 15.5,
    filter: [
      'all',
      isClass('motorway', 'trunk', 'primary', 'secondary', 'tertiary'),
      ['!=', ['get', 'ramp'], 1],
      ['!=', ['coalesce', ['get', 'brunnel'], ''], 'tunnel'],
    ],
    paint: {
      'line-color': p.laneMark,
      'line-width': byZoom([
        [15.5, 0.7],
        [18, 1.6],
        [20, 3],
      ]),
      'line-dasharray': [6, 8],
      'line-opacity': byZoom([
        [15.5, 0],
        [16.5, 0.8],
      ]),
    },
  }
}
