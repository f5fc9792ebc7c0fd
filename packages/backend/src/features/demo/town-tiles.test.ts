import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { demoTown, type DemoTown } from './demo-town.ts'
import { townBasemap } from './town-tiles.ts'
import type { LocalTiles } from '#basemap/basemap.ts'

// A town takes most of a second on an idle machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let town: DemoTown
let tiles: LocalTiles
beforeAll(() => {
  town = demoTown(7)
  const { local } = townBasemap(town)
  if (local === null) throw new Error('the town has no tiles')
  tiles = local
})

function tileAt([lng, lat]: readonly [number, number], z: number): [z: number, x: number, y: number] {
  const x = Math.floor(((lng + 180) / 360) * 2 ** z)
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z)
  return [z, x, y]
}

async function layers(z: number, x: number, y: number): Promise<VectorTile['layers']> {
  const stored = await tiles.tile(z, x, y)
  return stored ? new VectorTile(new PbfReader(gunzipSync(stored.data))).layers : {}
}

describe('townBasemap', () => {
  it('draws the harbour in the layers of the OpenMapTiles schema', async () => {
    const found = await layers(...tileAt(town.center, 14))
    for (const layer of ['water', 'landuse', 'transportation', 'transportation_name', 'building'])
      expect([layer, (found[layer]?.length ?? 0) > 0]).toEqual([layer, true])
    const classes = new Set<unknown>()
    const roads = found['transportation']
    for (let i = 0; i < (roads?.length ?? 0); i++) classes.add(roads?.feature(i).properties['class'])
    expect([...classes]).toEqual(expect.arrayContaining(['primary', 'tertiary', 'minor']))
    expect(found['transportation_name']?.feature(0).properties).toMatchObject({ 'name:latin': expect.any(String) })
  })

  it('leaves small features to high zooms', async () => {
    const far = await layers(...tileAt(town.center, 10))
    expect(far['building']).toBeUndefined()
    expect(far['water']?.length).toBe(1)
    expect(far['place']?.length).toBe(1)
  })

  it('is sea everywhere else', async () => {
    const far = await layers(5, 3, 9)
    expect(Object.keys(far)).toEqual(['water'])
    expect(far['water']?.feature(0).properties['class']).toBe('ocean')
  })

  it('is the same map each time it is drawn', async () => {
    const again = townBasemap(demoTown(7)).local
    const address = tileAt(town.center, 12)
    expect(await again?.tile(...address)).toEqual(await tiles.tile(...address))
    expect(again?.version).toBe(tiles.version)
  })

  it('states that it is simulated', () => {
    expect(tiles.tileJson()).toMatchObject({ attribution: expect.stringContaining('simulated') })
  })
})
