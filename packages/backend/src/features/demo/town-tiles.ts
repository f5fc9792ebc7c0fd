import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import GeoJSONVT from 'geojson-vt'
import type { DemoTown } from './demo-town.ts'
import { groundFeatures } from './town/ground-features.ts'
import { labelFeatures } from './town/label-features.ts'
import { MAP_LAYERS, type MapFeature, type MapLayer } from './town/map-feature.ts'
import { streetFeatures } from './town/street-features.ts'
import { LOCAL_TILEJSON_PATH, type Basemap, type LocalTiles } from '#basemap/basemap.ts'
import { encodeTile, TILE_EXTENT, type TileFeature, type TileLayer } from '#platform/mvt.ts'

const compress = promisify(gzip)
const MAX_ZOOM = 14

/**
 * The demo town as a basemap in the OpenMapTiles schema, so that the same style draws it without a network. Tiles are
 * generated on request.
 */
export function townBasemap(town: DemoTown): Basemap {
  const attribution = town.source.attribution
  const index = tileIndex([...groundFeatures(town.plan), ...streetFeatures(town.plan), ...labelFeatures(town.plan)])
  const local: LocalTiles = {
    minZoom: 0,
    maxZoom: MAX_ZOOM,
    version: createHash('sha256')
      .update(`town ${town.seed} ${JSON.stringify(town.zones)}`)
      .digest('hex')
      .slice(0, 8),
    async tile(z, x, y) {
      const data = encodeTile(layersOf(index, z, x, y))
      return data.length === 0 ? null : { data: await compress(data), encoding: 'gzip' }
    },
    tileJson: () => ({
      tilejson: '3.0.0',
      scheme: 'xyz',
      name: town.source.name,
      attribution,
      minzoom: 0,
      maxzoom: MAX_ZOOM,
      center: [...town.center, 14],
      // Lists the empty layers of the schema too, for styles that use them.
      vector_layers: [...MAP_LAYERS, 'boundary', 'aeroway', 'housenumber'].map((id) => ({ id, fields: {} })),
    }),
  }
  return { kind: 'tiles', url: LOCAL_TILEJSON_PATH, attribution, local, close: async () => {} }
}

type TileIndex = readonly { readonly layer: MapLayer; readonly cutter: GeoJSONVT }[]

function tileIndex(features: readonly MapFeature[]): TileIndex {
  return MAP_LAYERS.map((layer) => ({
    layer,
    cutter: new GeoJSONVT(
      { type: 'FeatureCollection', features: features.filter((feature) => feature.layer === layer).map(asGeoJson) },
      { maxZoom: MAX_ZOOM, indexMaxZoom: 11, extent: TILE_EXTENT, buffer: 128, tolerance: 4 },
    ),
  }))
}

/** The property with the minimum zoom of a feature; it is not written to the tile. */
const FROM_ZOOM = '_from'

function asGeoJson({ geometry, properties, minZoom }: MapFeature): GeoJSON.Feature {
  return { type: 'Feature', geometry: mutableGeometry(geometry), properties: { ...properties, [FROM_ZOOM]: minZoom } }
}

function mutableGeometry(geometry: MapFeature['geometry']): GeoJSON.Geometry {
  if (geometry.type === 'Point') return { type: 'Point', coordinates: [...geometry.coordinates] }
  if (geometry.type === 'LineString')
    return { type: 'LineString', coordinates: geometry.coordinates.map((point) => [...point]) }
  return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map((point) => [...point])) }
}

function layersOf(index: TileIndex, z: number, x: number, y: number): TileLayer[] {
  return index.map(({ layer, cutter }) => {
    const features: TileFeature[] = []
    for (const feature of cutter.getTile(z, x, y)?.features ?? []) {
      const properties: Record<string, string | number> = {}
      let from = 0
      for (const [key, value] of Object.entries(feature.tags ?? {})) {
        if (key === FROM_ZOOM) from = Number(value)
        else if (typeof value === 'string' || typeof value === 'number') properties[key] = value
      }
      if (from > z) continue
      if (feature.type === 1) features.push({ type: 1, geometry: feature.geometry, properties })
      else features.push({ type: feature.type, geometry: feature.geometry, properties })
    }
    return { name: layer, features }
  })
}
