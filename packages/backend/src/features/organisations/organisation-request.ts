import { PersonId } from '@kickstand/contract'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import type { RightsDeps } from '#features/accounts/people/change-rights.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import type { MailLinkDeps } from '#features/accounts/links/mail-link.ts'
import type { NewId } from '#platform/ids.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import type { NetworkOf } from '#platform/network.ts'

/** The dependencies of the organisation routes. `sessions`: its cache is cleared after a change of rights. */
export type OrganisationRoutesDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly newId: NewId
  readonly networkOf: NetworkOf
  readonly sessions: { forget(): void }
  readonly config: Pick<Config, 'publicUrl' | 'port'>
}

export const OrganisationParams = Type.Object({ organisationId: PersonId })
export const MemberParams = Type.Object({ organisationId: PersonId, accountId: PersonId })
export const InvitationParams = Type.Object({ organisationId: PersonId, id: PersonId })

export type ByOrganisation = { Params: { organisationId: string } }
export type ByMember = { Params: { organisationId: string; accountId: string } }
export type ByInvitation = { Params: { organisationId: string; id: string } }

/** The dependencies of a use case that changes rights on behalf of the person who makes the request. */
export function rightsDepsOf(deps: OrganisationRoutesDeps, request: FastifyRequest): RightsDeps & MailLinkDeps {
  const { db, engine, clock, newId, networkOf } = deps
  const origin = ownOrigin(deps.config)
  return { db, engine, clock, newId, origin, actor: actorOf(request, networkOf), principal: accountOf(request) }
}
