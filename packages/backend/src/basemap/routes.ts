import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isKnownTag } from '#platform/etag.ts'
import { tileAddress, TileParams } from '#platform/tile-address.ts'
import { LOCAL_TILEJSON_PATH, type Basemap, type LocalTiles } from './basemap.ts'

const unzip = promisify(gunzip)

const TILE_CACHE = 'public, max-age=86400, stale-while-revalidate=604800'
const TILEJSON_CACHE = 'public, max-age=60'

/** `GET /basemap/tiles.json` and `GET /basemap/{z}/{x}/{y}.mvt` for a basemap on this server; 404 for any other. */
export function register(app: FastifyInstance, { basemap }: { readonly basemap: Basemap }): void {
  const about = { tags: ['basemap'], summary: 'TileJSON of the basemap on this server' }
  const config = { access: 'public' } as const
  app.get(LOCAL_TILEJSON_PATH, { config, schema: about }, async (request, reply) => {
    const local = requireLocal(basemap)
    const tiles = [`/basemap/{z}/{x}/{y}.mvt?v=${local.version}`]
    const body = JSON.stringify({ ...local.tileJson(), tiles })
    reply.header('cache-control', TILEJSON_CACHE).type('application/json')
    return sendTagged(request, reply, etagOf(body), body)
  })

  app.get<{ Params: TileParams }>(
    '/basemap/:z/:x/:y(^\\d+).mvt',
    { config, schema: { tags: ['basemap'], summary: 'A vector tile of that basemap', params: TileParams } },
    async (request, reply) => {
      const { z, x, y } = tileAddress(request.params)
      const local = requireLocal(basemap)
      requireInRange(local, z, x, y)
      const stored = await local.tile(z, x, y)
      reply.header('cache-control', TILE_CACHE)
      if (stored === null || stored.data.length === 0) return reply.code(204).send()
      const asGzip = stored.encoding === 'gzip' && acceptsGzip(request)
      reply.header('vary', 'accept-encoding').type('application/vnd.mapbox-vector-tile')
      if (asGzip) reply.header('content-encoding', 'gzip')
      const data = stored.encoding === 'gzip' && !asGzip ? await unzip(stored.data) : stored.data
      return sendTagged(request, reply, etagOf(data), Buffer.from(data))
    },
  )
}

function requireLocal(basemap: Basemap): LocalTiles {
  if (basemap.local) return basemap.local
  throw new DomainError('not-found', 'This server has no local basemap: KICKSTAND_BASEMAP is a remote one or none')
}

function requireInRange({ minZoom, maxZoom }: LocalTiles, z: number, x: number, y: number): void {
  if (z >= minZoom && z <= maxZoom && x < 2 ** z && y < 2 ** z) return
  throw new DomainError(
    'not-found',
    `There is no tile ${z}/${x}/${y}: zooms go from ${minZoom} to ${maxZoom}, x and y from 0 to 2^zoom - 1`,
  )
}

function acceptsGzip(request: FastifyRequest): boolean {
  const accepted = request.headers['accept-encoding']
  const all = Array.isArray(accepted) ? accepted.join(',') : (accepted ?? '')
  return all.split(',').some((entry) => /^\s*(gzip|\*)\s*(;\s*q=(1|0?\.\d*[1-9]\d*|1\.0*))?\s*$/i.test(entry))
}

function etagOf(data: string | Uint8Array): string {
  return `"${createHash('sha256').update(data).digest('base64url').slice(0, 22)}"`
}

function sendTagged(request: FastifyRequest, reply: FastifyReply, etag: string, body: string | Buffer): FastifyReply {
  reply.header('etag', etag)
  if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.send(body)
}
