import {
  paths,
  ReportCreatedSchema,
  ReportInputSchema,
  ReportsBodySchema,
  ZoneId,
  type ReportInput,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { riderOfRequest, riderOrNew, requireRider } from '#http/auth/rider-of-request.ts'
import type { Db } from '#db/schema.ts'
import type { EventLog } from '#db/event-log.ts'
import type { InFlight } from '#http/idempotency/in-flight.ts'
import { scopeKey } from '#http/idempotency/scoped-key.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { Config } from '#platform/config.ts'
import { callerOf, type NetworkOf } from '#platform/network.ts'
import { listReports } from './list-reports.ts'
import { retractReport } from './retract-report.ts'
import { submitReport, type SubmitReportDeps } from './submit-report.ts'

export type ReportRoutesDeps = SubmitReportDeps & {
  readonly db: Db
  readonly eventLog: EventLog
  readonly networkOf: NetworkOf
  readonly inFlight: InFlight
  readonly limits: Pick<Limits, 'limiter'>
  readonly config: Pick<Config, 'reportLimit' | 'riderLimit'>
}

const DEFAULT_LIMIT = 20
const JSON_TYPE = 'application/json; charset=utf-8'

/** Reports and undos of riders. */
export function register(app: FastifyInstance, deps: ReportRoutesDeps): void {
  const addressLimit = deps.limits.limiter('reports', deps.config.reportLimit, 'address')
  const riderLimit = deps.limits.limiter('device', deps.config.riderLimit, 'device')

  app.post<{ Body: ReportInput }>(paths.reports(), {
    config: { access: 'rider', endsInTime: true },
    schema: {
      tags: ['reports'],
      summary:
        'Report how full a zone is. The first report of a device creates an anonymous rider for it. An Idempotency-Key ' +
        'belongs to one device: send the secret of the device with it (Authorization: Bearer, or the cookie of an earlier report).',
      body: ReportInputSchema,
      response: { 201: ReportCreatedSchema },
    },
    onRequest(request, reply, done) {
      addressLimit(callerOf(request.ip), reply)
      done()
    },
    handler: async (request, reply) => {
      const { riderId, setCookie, key: given } = riderOrNew(request)
      riderLimit(riderId, reply)
      const reporter = { riderId, network: deps.networkOf(request.ip) }
      const key = scopeKey('reports', riderId, given)
      const { body, replayed } = await deps.inFlight.run(key, () => submitReport(deps, reporter, key, request.body))
      if (setCookie !== null) reply.header('set-cookie', setCookie)
      if (replayed) reply.header('idempotency-replayed', 'true')
      return reply.code(201).header('content-type', JSON_TYPE).send(body)
    },
  })

  app.delete<{ Params: { id: string } }>(paths.report(':id'), {
    config: { access: 'own-rider' },
    schema: {
      tags: ['reports'],
      summary: 'Undo your own report, within 10 minutes',
      params: Type.Object({ id: Type.String({ pattern: '^[0-9a-z]{8,32}$' }) }),
      response: { 204: Type.Null() },
    },
    onRequest(request, reply, done) {
      const riderId = riderOfRequest(request)
      if (riderId !== null) riderLimit(riderId, reply)
      done()
    },
    handler: async (request, reply) => {
      const riderId = requireRider(request, 'Only the device that made a report can undo it.')
      await retractReport(deps, riderId, request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.get<{ Params: { id: string }; Querystring: { cursor?: string; limit?: number } }>(paths.zoneReports(':id'), {
    config: { access: 'public' },
    schema: {
      tags: ['reports'],
      summary: 'Reports of riders on a zone, newest first. Reporters are not identified.',
      params: Type.Object({ id: ZoneId }),
      querystring: Type.Object(
        {
          cursor: Type.Optional(Type.String({ maxLength: 100 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 20' })),
        },
        { additionalProperties: false },
      ),
      response: { 200: ReportsBodySchema },
    },
    handler: async (request, reply) => {
      const { cursor, limit } = request.query
      return reply.send(await listReports(deps, request.params.id, cursor, limit ?? DEFAULT_LIMIT))
    },
  })
}
