import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import { familiesOf, fontStack } from './fonts.ts'
import { mapStyle, type MapStyleOptions } from './map-style.ts'

const tiles = { kind: 'tiles', url: 'http://127.0.0.1/basemap.json', attribution: '© somebody' } as const
const none = { kind: 'none', url: null, attribution: '' } as const
const fonts = ['Barlow', 'system-ui']
const zoneTiles = 'http://127.0.0.1/v1/tiles/zones/{z}/{x}/{y}.mvt'
const allOptions: MapStyleOptions[] = (['light', 'dark'] as const).flatMap((theme) =>
  [tiles, none].map((basemap) => ({ basemap, theme, fonts, zoneTiles })),
)

test.each(allOptions)('the $theme style with basemap $basemap.kind is valid', (styleOptions) => {
  expect(validateStyleMin(mapStyle(styleOptions))).toEqual([])
})

test('uses no font server', () => {
  for (const styleOptions of allOptions) expect(mapStyle(styleOptions)).not.toHaveProperty('glyphs')
})

test('without a basemap only land and zones are left, and the zones are the only tile source', () => {
  const style = mapStyle({ basemap: none, theme: 'light', fonts, zoneTiles })
  expect(Object.keys(style.sources)).toEqual(['zones-far', 'zones', 'zone-outlines', 'rider'])
  expect(style.layers.filter((layer) => 'source' in layer && layer.source === 'basemap')).toEqual([])
  expect(style.layers.map((layer) => layer.id)).toContain('zone-plate')
})

test('both themes have the same layers in the same order, so that switching is a diff', () => {
  const ids = (theme: 'light' | 'dark') =>
    mapStyle({ basemap: tiles, theme, fonts, zoneTiles }).layers.map(({ id }) => id)
  expect(ids('dark')).toEqual(ids('light'))
  expect(new Set(ids('light')).size).toBe(ids('light').length)
})

test('zones are above all labels, and the selected one is on top', () => {
  const ids = mapStyle({ basemap: tiles, theme: 'dark', fonts, zoneTiles }).layers.map(({ id }) => id)
  expect(ids.at(-1)).toBe('zone-selected')
  expect(ids.indexOf('zone-plate')).toBeGreaterThan(ids.indexOf('place-town'))
  expect(ids.indexOf('zone-outline-line')).toBeLessThan(ids.indexOf('street-name-major'))
})

test('the basemap source has its attribution', () => {
  const { sources } = mapStyle({ basemap: tiles, theme: 'light', fonts, zoneTiles })
  expect(sources['basemap']).toMatchObject({ attribution: '© somebody' })
})

test('a label uses the page’s font in its weight', () => {
  expect(familiesOf('Barlow, "Segoe UI" , sans-serif')).toEqual(['Barlow', '"Segoe UI"', 'sans-serif'])
  expect(familiesOf('')).toEqual(['sans-serif'])
  expect(fontStack(['Barlow'], 'Semibold')).toEqual(['Kickstand Semibold', 'Barlow'])
})
