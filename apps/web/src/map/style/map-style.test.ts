import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import { familiesOf, fontStack } from './fonts.ts'
import { mapStyle, type MapLook } from './map-style.ts'

const tiles = { kind: 'tiles', url: 'http://127.0.0.1/basemap.json', attribution: '© somebody' } as const
const none = { kind: 'none', url: null, attribution: '' } as const
const fonts = ['Barlow', 'system-ui']
const zoneTiles = 'http://127.0.0.1/v1/tiles/zones/{z}/{x}/{y}.mvt'
const looks: MapLook[] = (['light', 'dark'] as const).flatMap((theme) =>
  [tiles, none].map((basemap) => ({ basemap, theme, fonts, zoneTiles })),
)

test.each(looks)('the $theme style with basemap $basemap.kind is valid', (look) => {
  expect(validateStyleMin(mapStyle(look))).toEqual([])
})

test('asks no font server for glyphs', () => {
  for (const look of looks) expect(mapStyle(look)).not.toHaveProperty('glyphs')
})

test('without a basemap only land and zones are left, and no source of tiles but the zones', () => {
  const style = mapStyle({ basemap: none, theme: 'light', fonts, zoneTiles })
  expect(Object.keys(style.sources)).toEqual(['zones-far', 'zones', 'zone-outlines', 'rider'])
  expect(style.layers.filter((layer) => 'source' in layer && layer.source === 'basemap')).toEqual([])
  expect(style.layers.map((layer) => layer.id)).toContain('zone-plate')
})

test('themes have the same layers in the same order, so that one can turn into the other', () => {
  const ids = (theme: 'light' | 'dark') =>
    mapStyle({ basemap: tiles, theme, fonts, zoneTiles }).layers.map(({ id }) => id)
  expect(ids('dark')).toEqual(ids('light'))
  expect(new Set(ids('light')).size).toBe(ids('light').length)
})

test('zones lie over all names, and the chosen one over everything', () => {
  const ids = mapStyle({ basemap: tiles, theme: 'dark', fonts, zoneTiles }).layers.map(({ id }) => id)
  expect(ids.at(-1)).toBe('zone-selected')
  expect(ids.indexOf('zone-plate')).toBeGreaterThan(ids.indexOf('place-town'))
  expect(ids.indexOf('zone-outline-line')).toBeLessThan(ids.indexOf('street-name-major'))
})

test('the attribution travels with the tiles', () => {
  const { sources } = mapStyle({ basemap: tiles, theme: 'light', fonts, zoneTiles })
  expect(sources['basemap']).toMatchObject({ attribution: '© somebody' })
})

test('a label asks for the page font in its weight', () => {
  expect(familiesOf('Barlow, "Segoe UI" , sans-serif')).toEqual(['Barlow', '"Segoe UI"', 'sans-serif'])
  expect(familiesOf('')).toEqual(['sans-serif'])
  expect(fontStack(['Barlow'], 'Semibold')).toEqual(['Kickstand Semibold', 'Barlow'])
})
