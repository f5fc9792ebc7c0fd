import { Readable } from 'node:stream'
import {
  ChangesBodySchema,
  ChangesQuerySchema,
  CsvQuerySchema,
  paths,
  type ChangesQuery,
  type CsvQuery,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { exportCsv } from './export-csv.ts'
import { listChanges } from './list-changes.ts'
import { registerOgcRoutes, type OgcRoutesDeps } from './ogc-routes.ts'
import { readState, type OpenDataDeps } from './open-state.ts'
import { readBbox } from './read-bbox.ts'
import { allowAll, sendNotModified } from './send-open.ts'
import { licenceLinks } from './terms.ts'

const CSV_TYPE = 'text/csv; charset=utf-8; header=present'
const CSV_SECONDS = 60
const CHANGES_SECONDS = 5

/** Downloads of zones, their changes, and OGC API – Features. */
export function register(app: FastifyInstance, deps: OgcRoutesDeps): void {
  registerDownloads(app, deps)
  registerOgcRoutes(app, deps)
}

function registerDownloads(app: FastifyInstance, deps: OpenDataDeps): void {
  app.get<{ Querystring: CsvQuery }>(paths.zonesCsv(), {
    config: { access: 'public' },
    schema: {
      tags: ['open data'],
      summary: 'All zones, or those of an area, as CSV (RFC 4180), with licence and attribution in every row',
      querystring: CsvQuerySchema,
      response: {
        200: { description: 'Zones ordered by id', content: { 'text/csv': { schema: Type.String() } } },
      },
    },
    // A HEAD request would generate the whole file.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const area = readBbox(request.query.bbox)
      const { terms, tag } = await readState(deps)
      allowAll(reply)
      const links = licenceLinks(terms).map(({ href, rel }) => `<${href}>; rel="${rel}"`)
      if (links.length > 0) reply.header('link', links.join(', '))
      if (sendNotModified(request, reply, tag(request.url), CSV_SECONDS)) return reply
      reply.header('content-disposition', 'attachment; filename="kickstand-zones.csv"')
      return reply.type(CSV_TYPE).send(Readable.from(exportCsv(deps, area, terms)))
    },
  })

  app.get<{ Querystring: ChangesQuery }>(paths.zoneChanges(), {
    config: { access: 'public' },
    schema: {
      tags: ['open data'],
      summary: 'Zones that changed or were removed since a cursor, ordered by their change',
      querystring: ChangesQuerySchema,
      response: { 200: ChangesBodySchema },
    },
    handler: async (request, reply) => {
      const { terms, tag } = await readState(deps)
      allowAll(reply)
      if (sendNotModified(request, reply, tag(request.url), CHANGES_SECONDS)) return reply
      const body = await listChanges(deps, request.query, terms)
      if (body.hasMore) {
        const query = new URLSearchParams({ since: body.cursor })
        if (request.query.limit !== undefined) query.set('limit', String(request.query.limit))
        reply.header('link', `<${paths.zoneChanges()}?${query.toString()}>; rel="next"`)
      }
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
    },
  })
}
