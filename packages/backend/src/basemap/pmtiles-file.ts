import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { DomainError } from '@kickstand/domain'
import { Compression, PMTiles, SharedPromiseCache, TileType, type Header, type Source } from 'pmtiles'
import { LOCAL_TILEJSON_PATH, OPENMAPTILES_ATTRIBUTION, type Basemap, type LocalTiles } from './basemap.ts'

/**
 * Opens a local `.pmtiles` archive as a basemap. The file stays open until `close`.
 * @throws DomainError invalid-config where it cannot be read, is not such an archive, or has no vector tiles.
 */
export async function openPmtilesFile(file: string): Promise<Basemap> {
  const handle = await openFile(file)
  try {
    const source = fileSource(handle, file)
    const cache = new SharedPromiseCache()
    const archive = new PMTiles(source, cache)
    const header = await archive.getHeader()
    requireVectorTiles(file, header)
    const metadata = textFields(await archive.getMetadata())
    const attribution = withMakers(metadata.attribution)
    const { size, mtimeMs } = await handle.stat()
    const version = createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 8)
    const local = localTiles(new PMTiles(source, cache, asStored), header, metadata, attribution, version)
    return { kind: 'tiles', url: LOCAL_TILEJSON_PATH, attribution, local, close: () => handle.close() }
  } catch (error) {
    await handle.close()
    if (error instanceof DomainError) throw error
    throw badFile(file, 'is not a PMTiles archive, or is truncated', error)
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, 'r')
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
  } catch (error) {
    throw badFile(file, 'cannot be read', error)
  }
  throw badFile(file, 'is not a file')
}

function badFile(file: string, what: string, cause?: unknown): DomainError {
  const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new DomainError(
    'invalid-config',
    `KICKSTAND_BASEMAP: ${path.resolve(file)} ${what}${reason}; give the path of a .pmtiles file with vector tiles, an https address of a TileJSON, or none`,
    [],
    cause,
  )
}

function requireVectorTiles(file: string, header: Header): void {
  if (header.tileType !== TileType.Mvt) throw badFile(file, 'has no vector tiles (MVT)')
  const { tileCompression: compression } = header
  if (compression !== Compression.Gzip && compression !== Compression.None)
    throw badFile(file, 'has tiles with a compression other than gzip')
}

/** Serves tiles as stored; only directories and metadata are decompressed here. */
async function asStored(data: ArrayBuffer): Promise<ArrayBuffer> {
  return data
}

function fileSource(handle: FileHandle, key: string): Source {
  return {
    getKey: () => key,
    async getBytes(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return { data: bytes.buffer.slice(0, bytesRead) }
    },
  }
}

type Metadata = { readonly name: string; readonly attribution: string; readonly vectorLayers: unknown }

function textFields(metadata: unknown): Metadata {
  const fields = new Map(Object.entries(typeof metadata === 'object' && metadata !== null ? metadata : {}))
  const name = fields.get('name')
  const attribution = fields.get('attribution')
  return {
    name: typeof name === 'string' ? name : 'basemap',
    attribution: typeof attribution === 'string' ? withoutHtml(attribution) : '',
    vectorLayers: fields.get('vector_layers') ?? [],
  }
}

function withoutHtml(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&copy;', '©')
    .replaceAll(/&[a-z]+;|[<>]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Adds the default attribution where the archive's is incomplete: both the schema and the data require one. */
function withMakers(attribution: string): string {
  if (/openmaptiles/i.test(attribution) && /openstreetmap/i.test(attribution)) return attribution
  return OPENMAPTILES_ATTRIBUTION
}

function localTiles(
  archive: PMTiles,
  header: Header,
  metadata: Metadata,
  attribution: string,
  version: string,
): LocalTiles {
  const encoding = header.tileCompression === Compression.Gzip ? 'gzip' : 'identity'
  return {
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    version,
    async tile(z, x, y) {
      const found = await archive.getZxy(z, x, y)
      return found ? { data: new Uint8Array(found.data), encoding } : null
    },
    tileJson: () => ({
      tilejson: '3.0.0',
      scheme: 'xyz',
      name: metadata.name,
      attribution,
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
      bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
      center: [header.centerLon, header.centerLat, header.centerZoom],
      vector_layers: metadata.vectorLayers,
    }),
  }
}
