/** Shown wherever tiles in the OpenMapTiles schema made from OpenStreetMap are shown. */
export const OPENMAPTILES_ATTRIBUTION = '© OpenMapTiles © OpenStreetMap contributors'

/** The page reads local tiles through this address, whatever they come from. */
export const LOCAL_TILEJSON_PATH = '/basemap/tiles.json'

export type StoredTile = { readonly data: Uint8Array; readonly encoding: 'gzip' | 'identity' }

/** Vector tiles that this server holds itself. */
export type LocalTiles = {
  readonly minZoom: number
  readonly maxZoom: number
  /** Changes with the content; part of every tile's address, so that a phone never mixes two basemaps in its cache. */
  readonly version: string
  /** The tile as stored, or null where the map is empty. Rejects where the file can no longer be read. */
  tile(z: number, x: number, y: number): Promise<StoredTile | null>
  /** TileJSON 3.0 without `tiles`, which the route adds. */
  tileJson(): Readonly<Record<string, unknown>>
}

/** What the map is drawn on: vector tiles in the OpenMapTiles schema, or nothing but the zones. */
export type Basemap = {
  readonly kind: 'tiles' | 'none'
  /** Address of the TileJSON: on this server for local tiles, absolute for remote ones, null for none. */
  readonly url: string | null
  /** Plain text without HTML. Empty for none. */
  readonly attribution: string
  readonly local: LocalTiles | null
  close(): Promise<void>
}

/** The map without a basemap: zones on plain ground. */
export const NO_BASEMAP: Basemap = { kind: 'none', url: null, attribution: '', local: null, close: async () => {} }

/** A basemap that follows a choice made anew at every look: the demo town's while there is nothing else to show. */
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
