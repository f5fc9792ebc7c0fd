import { AuditListSchema, AuditQuerySchema, paths, type AuditQuery } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import type { Db } from '#db/schema.ts'
import { principalOf } from '#http/auth/principal.ts'
import { linkNextPage } from '#http/page-cursor.ts'
import { listAudit } from './list-audit.ts'

/** Registers the route that lists the audit log. */
export function register(app: FastifyInstance, { db }: { readonly db: Db }): void {
  app.get<{ Querystring: AuditQuery }>(paths.audit(), {
    config: { access: 'audit:read' },
    schema: {
      tags: ['audit'],
      summary: 'List the entries of the audit log, newest first. Owners get only the entries of their organisations.',
      querystring: AuditQuerySchema,
      response: { 200: AuditListSchema },
    },
    handler: async (request, reply) => {
      const list = await listAudit(db, principalOf(request), request.query)
      linkNextPage(reply, paths.audit(), request.query, list.nextCursor)
      return reply.header('cache-control', 'no-store').send(list)
    },
  })
}
