import { paths } from '@kickstand/contract'
import { grantOf, ORGANISATION_ROLES, type Action } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { anOrganisation, aSignedInAccount, aToken } from '../support/people.ts'
import { expectProblem } from '../support/expect-problem.ts'
import { useService } from '../support/use-service.ts'

const REASON = { reason: 'test' }

/** Objects of the organisation that a request names. */
type Objects = { readonly organisationId: string; readonly accountId: string; readonly invitationId: string }
type Request = { readonly method: string; readonly path: string; readonly body?: unknown }

/** Each route with an organisation in its address: what it needs, and a request. */
const ROUTES: Record<string, readonly [action: Action, request: (objects: Objects) => Request]> = {
  show: ['organisations:read', ({ organisationId: id }) => ({ method: 'GET', path: paths.organisation(id) })],
  rename: [
    'organisations:write',
    ({ organisationId: id }) => ({ method: 'PATCH', path: paths.organisation(id), body: { name: 'Mine' } }),
  ],
  members: ['members:read', ({ organisationId: id }) => ({ method: 'GET', path: paths.members(id) })],
  'change a role': [
    'members:write',
    ({ organisationId: id, accountId }) => {
      return { method: 'PUT', path: paths.member(id, accountId), body: { role: 'owner' } }
    },
  ],
  'remove a member': [
    'members:write',
    ({ organisationId: id, accountId }) => ({ method: 'DELETE', path: paths.member(id, accountId), body: REASON }),
  ],
  'recover a member': [
    'members:write',
    ({ organisationId: id, accountId }) => {
      return { method: 'POST', path: paths.memberRecovery(id, accountId), body: REASON }
    },
  ],
  invitations: ['members:read', ({ organisationId: id }) => ({ method: 'GET', path: paths.memberInvitations(id) })],
  invite: [
    'members:write',
    ({ organisationId: id }) => {
      return { method: 'POST', path: paths.memberInvitations(id), body: { email: 'me@example.org', role: 'owner' } }
    },
  ],
  'revoke an invitation': [
    'members:write',
    ({ organisationId: id, invitationId }) => {
      return { method: 'DELETE', path: paths.memberInvitation(id, invitationId) }
    },
  ],
  leave: ['own-account', ({ organisationId: id }) => ({ method: 'DELETE', path: paths.ownMembership(id) })],
}

forEachEngine((engine) => {
  const at = useService(engine)
  /** Objects of an organisation that the principals of these tests may not know. */
  let foreign: Objects
  let own = ''
  const nowhere: Objects = { organisationId: newId(), accountId: newId(), invitationId: newId() }

  beforeAll(async () => {
    own = await anOrganisation(at(), 'Own')
    const organisationId = await anOrganisation(at(), 'Foreign')
    const owner = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'owner' }] })
    const { accountId } = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'viewer' }] })
    const input = { email: 'guest@example.org', role: 'viewer' }
    const invited = await at().post(paths.memberInvitations(organisationId), input, { cookie: owner.cookie })
    const { invitation } = (await invited.json()) as { invitation: { id: string } }
    foreign = { organisationId, accountId, invitationId: invitation.id }
  })

  function send({ method, path, body }: Request, headers: Record<string, string>): Promise<Response> {
    return fetch(at().url + path, {
      method,
      headers: { ...headers, 'if-match': '"1"', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    })
  }

  async function stateOfForeign(): Promise<unknown> {
    const { db } = at().service.context
    const { organisationId } = foreign
    return {
      organisation: await db.selectFrom('organisations').selectAll().where('id', '=', organisationId).execute(),
      members: await db.selectFrom('memberships').selectAll().where('organisation_id', '=', organisationId).execute(),
      links: await db.selectFrom('links').selectAll().where('organisation_id', '=', organisationId).execute(),
    }
  }

  const cells = Object.keys(ROUTES).flatMap((name) => ORGANISATION_ROLES.map((role) => ({ name, role })))
  it.each(cells)('$name: what belongs to others looks to a $role as if it did not exist', async ({ name, role }) => {
    const { cookie } = await aSignedInAccount(at(), { memberships: [{ organisationId: own, role }] })
    const before = await stateOfForeign()
    const [action, request] = ROUTES[name]
    const answer = await send(request(foreign), { cookie })
    const toNowhere = await send(request(nowhere), { cookie })
    // 403 where the role may do this nowhere; it says nothing about the object then.
    expect(answer.status).toBe(grantOf(action, role) === undefined ? 403 : 404)
    const bodyOf = async (response: Response) => {
      const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
      return problem
    }
    expect(await bodyOf(answer)).toEqual(await bodyOf(toNowhere))
    expect(await stateOfForeign()).toEqual(before)
  })

  describe('a token of another organisation', () => {
    it.each(['show', 'rename', 'members', 'invitations'])('%s: answers 404', async (name) => {
      const [scope, request] = ROUTES[name]
      const authorization = `Bearer ${await aToken(at(), scope, { organisationId: own })}`
      const before = await stateOfForeign()
      await expectProblem(await send(request(foreign), { authorization }), 404, 'organisation-not-found')
      expect(await stateOfForeign()).toEqual(before)
    })
  })

  it.each(['change a role', 'remove a member', 'recover a member', 'revoke an invitation'])(
    '%s: objects of others are not found below the own organisation',
    async (name) => {
      const { cookie } = await aSignedInAccount(at(), { memberships: [{ organisationId: own, role: 'owner' }] })
      const before = await stateOfForeign()
      const answer = await send(ROUTES[name][1]({ ...foreign, organisationId: own }), { cookie })
      expect(answer.status).toBe(404)
      expect(await stateOfForeign()).toEqual(before)
    },
  )

  it.each([
    'show',
    'rename',
    'members',
    'change a role',
    'remove a member',
    'recover a member',
    'invitations',
    'invite',
  ])('%s: an organisation that does not exist is not found by an admin either', async (name) => {
    const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
    await expectProblem(await send(ROUTES[name][1](nowhere), { cookie }), 404, 'organisation-not-found')
  })
})
