import { existsSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { openPmtilesFile } from './pmtiles-file.ts'

const FILE = path.resolve(import.meta.dirname, '../../../../../shared/data/basemap/sf-downtown.pmtiles')

describe('openPmtilesFile', () => {
  it.skipIf(!existsSync(FILE))('reads downtown San Francisco as stored (needs ../shared/data)', async () => {
    const basemap = await openPmtilesFile(FILE)
    try {
      expect(basemap.attribution).toBe('© OpenStreetMap contributors, © OpenMapTiles')
      expect(basemap.local).toMatchObject({ minZoom: 0, maxZoom: 14 })
      expect(basemap.local?.tileJson()).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: 14 })
      const stored = await basemap.local?.tile(14, 2620, 6332)
      expect(stored?.encoding).toBe('gzip')
      const layers = new VectorTile(new PbfReader(gunzipSync(stored?.data ?? ''))).layers
      expect(Object.keys(layers)).toEqual(expect.arrayContaining(['transportation', 'building', 'water']))
      expect(await basemap.local?.tile(14, 0, 0)).toBeNull()
    } finally {
      await basemap.close()
    }
  })
})
