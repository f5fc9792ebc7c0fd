/** Attribution for tiles in the OpenMapTiles schema made from OpenStreetMap. */
export const OPENMAPTILES_ATTRIBUTION = '© OpenMapTiles © OpenStreetMap contributors'

/** The URL of the TileJSON of local tiles. */
export const LOCAL_TILEJSON_PATH = '/basemap/tiles.json'

export type StoredTile = { readonly data: Uint8Array; readonly encoding: 'gzip' | 'identity' }

/** Vector tiles that this server stores. */
export type LocalTiles = {
  readonly minZoom: number
  readonly maxZoom: number
  /** Changes with the content; part of each tile's URL, so that caches never mix two basemaps. */
  readonly version: string
  /** The tile as stored, or null where the map is empty. Rejects where the file can no longer be read. */
  tile(z: number, x: number, y: number): Promise<StoredTile | null>
  /** TileJSON 3.0 without `tiles`, which the route adds. */
  tileJson(): Readonly<Record<string, unknown>>
}

/** The basemap: vector tiles in the OpenMapTiles schema, or none. */
export type Basemap = {
  readonly kind: 'tiles' | 'none'
  /** URL of the TileJSON: relative for local tiles, absolute for remote ones, null for none. */
  readonly url: string | null
  /** Plain text without HTML. Empty for none. */
  readonly attribution: string
  readonly local: LocalTiles | null
  close(): Promise<void>
}

/** No basemap: zones on a plain background. */
export const NO_BASEMAP: Basemap = { kind: 'none', url: null, attribution: '', local: null, close: async () => {} }

/** A basemap that is chosen at each access: the demo town's while there are no other zones. */
export function switchedBasemap(choose: () => Basemap): Basemap {
  return {
    get kind() {
      return choose().kind
    },
    get url() {
      return choose().url
    },
    get attribution() {
      return choose().attribution
    },
    get local() {
      return choose().local
    },
    close: () => choose().close(),
  }
}
