import {
  OgcCollectionSchema,
  OgcCollectionsSchema,
  OgcConformanceSchema,
  OgcFeatureSchema,
  OgcItemsQuerySchema,
  OgcItemsSchema,
  OgcLandingSchema,
  paths,
  type OgcItemsQuery,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import Type, { type TSchema } from 'typebox'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import { CONFORMS_TO, CRS84, describeLanding, describeZones, GEOJSON_TYPE, JSON_TYPE } from './describe-collection.ts'
import { listItems, toFeature } from './list-items.ts'
import { readState, type OpenDataDeps } from './open-state.ts'
import { openZone } from './open-zone.ts'
import { allowAll, sendNotModified } from './send-open.ts'
import { attributionOf } from './terms.ts'

const DESCRIPTION_SECONDS = 60
const ITEMS_SECONDS = 30

function sendGeoJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.header('content-crs', `<${CRS84}>`).type(GEOJSON_TYPE).send(JSON.stringify(body))
}

const geoJson = (schema: TSchema, description: string) => ({ description, content: { [GEOJSON_TYPE]: { schema } } })

/** Links start with the public URL of `config`; they are relative where it is empty. */
export type OgcRoutesDeps = OpenDataDeps & { readonly clock: Clock; readonly config: Pick<Config, 'publicUrl'> }

/**
 * OGC API – Features, Part 1: Core with GeoJSON. Links start with a configured URL, never with one from the request:
 * responses are cached, and a header outside of the cache key could inject links for everyone.
 */
export function registerOgcRoutes(app: FastifyInstance, deps: OgcRoutesDeps): void {
  const base = deps.config.publicUrl
  /** Registers a description that depends on the terms and the URL only. */
  function describe(
    path: string,
    summary: string,
    schema: TSchema,
    make: (terms: Awaited<ReturnType<typeof readState>>['terms']) => unknown,
  ): void {
    app.get(path, {
      config: { access: 'public' },
      schema: {
        tags: ['open data'],
        summary,
        querystring: Type.Object({}, { additionalProperties: false }),
        response: { 200: schema },
      },
      handler: async (request, reply) => {
        const { terms, tag } = await readState(deps)
        allowAll(reply)
        if (sendNotModified(request, reply, tag(base + path), DESCRIPTION_SECONDS)) return reply
        return reply.type(JSON_TYPE).send(JSON.stringify(make(terms)))
      },
    })
  }

  describe(paths.ogc(), 'Landing page of OGC API – Features', OgcLandingSchema, () => describeLanding(base))
  describe(paths.ogcConformance(), 'Conformance classes of OGC API – Features', OgcConformanceSchema, () => ({
    conformsTo: CONFORMS_TO,
  }))
  describe(paths.ogcCollections(), 'The collections: one, of zones', OgcCollectionsSchema, (terms) => ({
    links: [{ href: base + paths.ogcCollections(), rel: 'self', type: JSON_TYPE, title: 'This list' }],
    collections: [describeZones(base, terms)],
  }))
  describe(paths.ogcZones(), 'The collection of zones', OgcCollectionSchema, (terms) => describeZones(base, terms))

  app.get<{ Querystring: OgcItemsQuery }>(paths.ogcItems(), {
    config: { access: 'public' },
    schema: {
      tags: ['open data'],
      summary: 'A page of zones as GeoJSON, ordered by id',
      querystring: OgcItemsQuerySchema,
      response: { 200: geoJson(OgcItemsSchema, 'A page of zones') },
    },
    handler: async (request, reply) => {
      const { terms, tag } = await readState(deps)
      allowAll(reply)
      if (sendNotModified(request, reply, tag(base + request.url), ITEMS_SECONDS)) return reply
      const body = await listItems(deps, request.query, terms, base, deps.clock())
      const next = body.links.find(({ rel }) => rel === 'next')
      if (next !== undefined) reply.header('link', `<${next.href}>; rel="next"; type="${GEOJSON_TYPE}"`)
      return sendGeoJson(reply, body)
    },
  })

  app.get<{ Params: { id: string } }>(paths.ogcItem(':id'), {
    config: { access: 'public' },
    schema: {
      tags: ['open data'],
      summary: 'One zone as GeoJSON',
      params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
      querystring: Type.Object({}, { additionalProperties: false }),
      response: { 200: geoJson(OgcFeatureSchema, 'The zone') },
    },
    handler: async (request, reply) => {
      const { id } = request.params
      const { terms, tag } = await readState(deps)
      await deps.tail.catchUp()
      const row = rowOfZone(deps.board, id)
      allowAll(reply)
      if (sendNotModified(request, reply, tag(base + request.url), ITEMS_SECONDS)) return reply
      const zone = openZone(deps.board, row, terms)
      return sendGeoJson(reply, {
        ...toFeature(zone),
        links: [
          { href: base + paths.ogcItem(id), rel: 'self', type: GEOJSON_TYPE, title: 'This zone' },
          { href: base + paths.ogcZones(), rel: 'collection', type: JSON_TYPE, title: 'The collection' },
          { href: base + paths.zone(id), rel: 'alternate', type: JSON_TYPE, title: 'With its availability, as JSON' },
        ],
        attribution: attributionOf([zone], terms),
      })
    },
  })
}
