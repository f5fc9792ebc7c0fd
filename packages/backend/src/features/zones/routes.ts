import {
  AreaBodySchema,
  AreaQuerySchema,
  NearbyBodySchema,
  NearbyQuerySchema,
  paths,
  TileQuerySchema,
  ZoneId,
  ZoneQuerySchema,
  ZoneSchema,
  type AreaQuery,
  type NearbyQuery,
  type ZoneFilterQuery,
  type ZoneQuery,
} from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import { FIGURES, PLACES } from '#platform/cache-rules.ts'
import { sendBytes } from '#platform/send-bytes.ts'
import type { Clock } from '#platform/clock.ts'
import { isKnownTag } from '#platform/etag.ts'
import { tileAddress, TileParams } from '#platform/tile-address.ts'
import { findNearby } from './find-nearby.ts'
import { toFeatureCollection } from './geojson.ts'
import { listArea } from './list-area.ts'
import { showZone, type CachedSources } from './show-zone.ts'
import { keepZones } from './zone-json.ts'
import { createZoneTiles } from './zone-tile.ts'

export type ZoneRoutesDeps = {
  board: ZoneReader & ZoneSearch & EstimateReader
  db: Db
  clock: Clock
  readOptional: OptionalRead
  sources: CachedSources
}

const JSON_TYPE = 'application/json; charset=utf-8'
const GEOJSON_TYPE = 'application/geo+json; charset=utf-8'
const MAX_TILE_ZOOM = 22

function wantsGeoJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept
  return accept !== undefined && accept.includes('application/geo+json')
}

function sendZones(request: FastifyRequest, reply: FastifyReply, body: Buffer): void {
  reply.header('vary', 'accept')
  if (wantsGeoJson(request)) void reply.header('content-type', GEOJSON_TYPE).send(toFeatureCollection(body))
  else if (!sendBytes(reply, JSON_TYPE, body)) keepZones()
}

/** Routes of zones. */
export function register(app: FastifyInstance, deps: ZoneRoutesDeps): void {
  const tile = createZoneTiles(deps.board, deps.clock)

  app.get<{ Querystring: NearbyQuery }>(paths.nearby(), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'The nearest zones, nearest first, with distance and availability',
      querystring: NearbyQuerySchema,
      response: { 200: NearbyBodySchema },
    },
    handler(request, reply) {
      sendZones(request, reply, findNearby(deps, request.query))
    },
  })

  app.get<{ Querystring: AreaQuery }>(paths.zones(), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'The zones of an area, in the order of their ids',
      querystring: AreaQuerySchema,
      response: { 200: AreaBodySchema },
    },
    handler(request, reply) {
      const body = listArea(deps, request.query)
      const next = /"nextCursor":"([^"]+)"\}$/.exec(body.toString('latin1', Math.max(0, body.length - 120)))?.[1]
      if (next !== undefined) {
        const asked = Object.entries({ ...request.query, cursor: next })
        const query = new URLSearchParams(
          asked.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])),
        )
        reply.header('link', `<${paths.zones()}?${query.toString()}>; rel="next"`)
      }
      reply.header('cache-control', FIGURES)
      sendZones(request, reply, body)
    },
  })

  app.get<{ Params: { id: string }; Querystring: ZoneQuery }>(paths.zone(':id'), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'One zone, with the provenance of its facts',
      params: Type.Object({ id: ZoneId }),
      querystring: ZoneQuerySchema,
      response: { 200: ZoneSchema },
    },
    handler: async (request, reply) => {
      const zone = await showZone(deps, request.params.id, request.query)
      return reply.header('cache-control', FIGURES).send(zone)
    },
  })

  app.get<{ Params: TileParams; Querystring: ZoneFilterQuery }>(paths.zoneTile(':z', ':x', ':y'), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'A vector tile of zones (layer `zones`): positions, without availability',
      params: TileParams,
      querystring: TileQuerySchema,
    },
    handler(request, reply) {
      const { z, x, y } = tileAddress(request.params)
      if (z > MAX_TILE_ZOOM) {
        throw new DomainError('not-found', `There is no tile ${z}/${x}/${y}: zooms go from 0 to ${MAX_TILE_ZOOM}.`)
      }
      if (x >= 2 ** z || y >= 2 ** z) {
        throw new DomainError(
          'not-found',
          `There is no tile ${z}/${x}/${y}: at zoom ${z} x and y go from 0 to ${2 ** z - 1}.`,
        )
      }
      const { bytes, etag } = tile(z, x, y, request.query)
      reply.header('cache-control', PLACES).header('etag', etag)
      if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply.header('content-type', 'application/vnd.mapbox-vector-tile').send(bytes)
    },
  })
}
