import { DomainError } from '@kickstand/domain'
import { NO_BASEMAP, OPENMAPTILES_ATTRIBUTION, type Basemap } from './basemap.ts'
import { openPmtilesFile } from './pmtiles-file.ts'

/** Free vector tiles of the whole planet in the OpenMapTiles schema, without a key or an account. */
export const DEFAULT_BASEMAP_URL = 'https://tiles.openfreemap.org/planet'

/**
 * Opens the basemap of KICKSTAND_BASEMAP: the path of a `.pmtiles` file, the http(s) URL of a TileJSON, `none`, or null
 * for OpenFreeMap. A remote URL is passed to the page and not requested here, so the server starts without a network.
 * @throws DomainError invalid-config
 */
export async function openBasemap(setting: string | null): Promise<Basemap> {
  const text = setting?.trim() ?? ''
  if (text === '') return remote(DEFAULT_BASEMAP_URL, `OpenFreeMap ${OPENMAPTILES_ATTRIBUTION}`)
  if (text === 'none') return NO_BASEMAP
  // A single letter before the colon is a drive, not a scheme.
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text)) return openPmtilesFile(text)
  return remote(tileJsonAddress(text), OPENMAPTILES_ATTRIBUTION)
}

function remote(url: string, attribution: string): Basemap {
  return { kind: 'tiles', url, attribution, local: null, close: async () => {} }
}

function tileJsonAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalidSetting(text, 'is not an http(s) address')
  if (url.pathname.endsWith('.pmtiles')) throw invalidSetting(text, 'is a PMTiles file on another server; download it')
  return url.href
}

function invalidSetting(text: string, what: string): DomainError {
  return new DomainError(
    'invalid-config',
    `KICKSTAND_BASEMAP: "${text}" ${what}; give the path of a local .pmtiles file, the https address of a TileJSON, or none`,
  )
}
