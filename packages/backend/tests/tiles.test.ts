import { VectorTile } from '@mapbox/vector-tile'
import { paths } from '@kickstand/contract'
import { tileX, tileY } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { makeZoneTile } from '#features/zones/zone-tile.ts'
import { expectProblem } from './support/expect-problem.ts'
import { scatteredZones, type PlacedZone } from './support/scattered-zones.ts'
import { useService } from './support/use-service.ts'

type Point = { readonly x: number; readonly y: number; readonly properties: Readonly<Record<string, unknown>> }

const EXTENT = 4_096

function decode(bytes: Uint8Array): Point[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers['zones']
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer?.feature(i)
    const [point] = feature?.loadGeometry()[0] ?? []
    return { x: point?.x ?? Number.NaN, y: point?.y ?? Number.NaN, properties: feature?.properties ?? {} }
  })
}

/** The tile of a position. Positions on the edge of the map belong to the last tile. */
function tileOf({ lat, lng }: PlacedZone, z: number): [x: number, y: number] {
  const last = 2 ** z - 1
  return [Math.min(last, Math.floor(tileX(lng, z))), Math.max(0, Math.min(last, Math.floor(tileY(lat, z))))]
}

/** Tiles of these zones at a zoom, and all their neighbours. */
function tilesAround(zones: readonly PlacedZone[], z: number): [x: number, y: number][] {
  const keys = new Set<string>()
  for (const zone of zones) {
    const [x, y] = tileOf(zone, z)
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) keys.add(`${x + dx} ${y + dy}`)
  }
  const inWorld = (value: number): boolean => value >= 0 && value < 2 ** z
  return [...keys]
    .map((key) => key.split(' ').map(Number))
    .flatMap(([x = -1, y = -1]) => (inWorld(x) && inWorld(y) ? [[x, y]] : []))
}

forEachEngine((engine) => {
  const zones = scatteredZones(seededRandom(99), 900)
  const at = useService(engine, { zones })
  const byId = new Map(zones.map((zone) => [zone.id, zone]))
  const tile = (z: number, x: number, y: number): Point[] => decode(makeZoneTile(at().service.context.board, z, x, y))

  describe('tiles of zones', () => {
    it.each([0, 1, 2, 3, 5, 8, 11])('at zoom %d count every zone and space exactly once', { timeout: 60_000 }, (z) => {
      const points = tilesAround(zones, z).flatMap(([x, y]) => tile(z, x, y))
      const sum = (name: string): number =>
        points.reduce((total, { properties }) => total + Number(properties[name]), 0)
      expect(sum('count')).toBe(zones.length)
      expect(sum('spaces')).toBe(zones.reduce((total, { capacity }) => total + (capacity ?? 0), 0))
      if (z < 3) expect(points.length).toBeLessThan(zones.length / 2)
      for (const { x, y } of points) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.max(x, y)).toBeLessThanOrEqual(EXTENT)
      }
    })

    it('at zoom 14 contain the zones of the tile and of a margin, at the right positions', () => {
      const shown = new Set<string>()
      for (const [x, y] of tilesAround(zones, 14)) {
        const points = tile(14, x, y)
        const ids = points.map(({ properties }) => String(properties['id']))
        expect(new Set(ids).size).toBe(ids.length)
        for (const [i, id] of ids.entries()) {
          const zone = byId.get(id)
          const point = points[i]
          if (zone === undefined || point === undefined) throw new Error(`a zone that does not exist: ${id}`)
          expect(Math.abs((tileX(zone.lng, 14) - x) * EXTENT - point.x)).toBeLessThanOrEqual(1)
          expect(Math.abs((tileY(zone.lat, 14) - y) * EXTENT - point.y)).toBeLessThanOrEqual(1)
          expect(Math.max(-point.x, point.x - EXTENT, -point.y, point.y - EXTENT)).toBeLessThanOrEqual(EXTENT / 16 + 1)
          expect(point.properties['capacity'] ?? null).toBe(zone.capacity)
          const [ownX, ownY] = tileOf(zone, 14)
          if (ownX === x && ownY === y) shown.add(id)
        }
      }
      // Web Mercator ends before the poles; zones beyond are drawn at its edge, so that none is missing.
      expect(shown.size).toBe(zones.length)
    })
  })

  it('have an ETag, and answer 304 to a client that has it', async () => {
    const path = paths.zoneTile(2, 0, 1)
    const first = await at().get(path)
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/vnd.mapbox-vector-tile'])
    expect(first.headers.get('cache-control')).toMatch(/stale-while-revalidate/)
    expect(decode(new Uint8Array(await first.arrayBuffer())).length).toBeGreaterThan(0)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]+"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await at().get(path, { 'if-none-match': known })
      expect([known, again.status, await again.text()]).toEqual([known, 304, ''])
    }
    expect((await at().get(path, { 'if-none-match': '"other"' })).status).toBe(200)
    await seedZones(at().service.context.eventLog, [{ id: 'newzone01', lat: 37.7, lng: -122.4 }])
    await at().service.context.tail.catchUp()
    at().clock.advance(5_000)
    expect((await at().get(path, { 'if-none-match': etag })).status).toBe(200)
  })

  it.each(['0/1/0', '3/8/0', '3/0/8', '14/16384/1', '23/0/0'])('there is no tile %s', async (name) => {
    const problem = await expectProblem(await at().get(`/v1/tiles/zones/${name}.mvt`), 404, 'not-found')
    expect(problem.detail).toContain(name)
  })

  it.each(['25/0/0', '-1/0/0', 'a/0/0', '1/0.5/0', '0x1/0/0', '01/0/0', '1/0.0/0', '1e0/0/0'])(
    '%s is no name of a tile',
    async (name) => {
      await expectProblem(await at().get(`/v1/tiles/zones/${name}.mvt`), 400, 'invalid-request')
    },
  )
})
