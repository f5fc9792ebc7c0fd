import {
  NewInvitationSchema,
  OrganisationListSchema,
  OrganisationSchema,
  paths,
  type MemberListBody,
  type OrganisationListBody,
} from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { listEntries, type ShownEntry } from '#audit/list-entries.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { createLink } from '#features/accounts/links/create-link.ts'
import { newId } from '#platform/ids.ts'
import { anOrganisation, aSignedInAccount, aToken } from '../support/people.ts'
import { cookieOf, person } from '../support/person.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { useService } from '../support/use-service.ts'

const MINUTE = 60_000
const REASON = { reason: 'test' }

forEachEngine((engine) => {
  const at = useService(engine)

  async function admin() {
    return person(at(), (await aSignedInAccount(at(), { roles: ['admin'] })).cookie)
  }

  async function aMember(organisationId: string, role: 'viewer' | 'attendant' | 'manager' | 'owner', name = 'Anna') {
    const { cookie, ...account } = await aSignedInAccount(at(), { name, memberships: [{ organisationId, role }] })
    return { ...account, cookie, ...person(at(), cookie) }
  }

  async function rolesIn(organisationId: string): Promise<string[]> {
    const { db } = at().service.context
    const rows = await db.selectFrom('memberships').selectAll().where('organisation_id', '=', organisationId).execute()
    return rows.map(({ role }) => role).toSorted()
  }

  async function entriesOf(organisationId: string): Promise<ShownEntry[]> {
    const entries = await listEntries(at().service.context.db, { limit: 1000 })
    return entries.filter((entry) => entry.organisationId === organisationId)
  }

  describe('an organisation', () => {
    it('is created, read and renamed, with one audit entry each', async () => {
      const { post, get, patch } = await admin()
      const made = await post(paths.organisations(), { name: ' City\u202e of\tTest ' })
      expect(made.status).toBe(201)
      const organisation = expectShape(OrganisationSchema, await made.json())
      expect(organisation).toMatchObject({ name: 'City of Test', members: 0, version: 1 })
      const { id } = organisation
      const shown = await get(paths.organisation(id))
      expect([await shown.json(), shown.headers.get('etag')]).toEqual([organisation, '"1"'])
      const renamed = await patch(paths.organisation(id), { name: 'Town' }, { 'if-match': '"1"' })
      expect([await renamed.json(), renamed.headers.get('etag')]).toEqual([
        { ...organisation, name: 'Town', version: 2 },
        '"2"',
      ])
      expect((await entriesOf(id)).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
        { action: 'organisations:change', before: { name: 'City of Test' }, after: { name: 'Town' } },
        { action: 'organisations:create', before: null, after: { name: 'City of Test' } },
      ])
    })

    it.each([[''], [' \n '], ['\u200b'], ['x'.repeat(201)]])('cannot have the name %j', async (name) => {
      const problem = await expectProblem(
        await (await admin()).post(paths.organisations(), { name }),
        400,
        'invalid-request',
      )
      expect(pointers(problem)).toEqual(['/name'])
    })

    it('is renamed only by who has seen its current version', async () => {
      const { patch } = await admin()
      const id = await anOrganisation(at())
      const rename = (headers: Record<string, string>): Promise<Response> =>
        patch(paths.organisation(id), { name: 'Town' }, headers)
      await expectProblem(await rename({}), 428, 'precondition-required')
      await expectProblem(await rename({ 'if-match': '"2"' }), 412, 'changed-meanwhile')
      await expectProblem(await rename({ 'if-match': '*' }), 412, 'changed-meanwhile')
      expect((await rename({ 'if-match': 'W/"1"' })).status).toBe(200)
      await expectProblem(await rename({ 'if-match': '"1"' }), 412, 'changed-meanwhile')
      expect(await entriesOf(id)).toHaveLength(1)
    })

    it('has no new version and no entry when it gets the name that it has', async () => {
      const { patch } = await admin()
      const id = await anOrganisation(at(), 'Town')
      const same = await patch(paths.organisation(id), { name: ' Town ' }, { 'if-match': '"1"' })
      expect([same.status, same.headers.get('etag')]).toEqual([200, '"1"'])
      await expectProblem(
        await patch(paths.organisation(id), { name: 'Town' }, { 'if-match': '"9"' }),
        412,
        'changed-meanwhile',
      )
      expect(await entriesOf(id)).toEqual([])
    })

    it('is renamed once by two who do so at the same moment', async () => {
      const { patch } = await admin()
      const id = await anOrganisation(at())
      const answers = await Promise.all(
        ['North', 'South'].map((name) => patch(paths.organisation(id), { name }, { 'if-match': '"1"' })),
      )
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412])
    })
  })

  describe('the list of organisations', () => {
    it('has those that match, by name and in pages, with wildcards taken literally', async () => {
      const { get } = await admin()
      const word = newId()
      const names = ['b', 'A', 'C 100%', 'c_1', 'D'].map((name) => `${name} ${word}`)
      for (const name of names) await anOrganisation(at(), name)
      const list = async (query: string): Promise<OrganisationListBody> =>
        expectShape(OrganisationListSchema, await (await get(`${paths.organisations()}?${query}`)).json())
      const namesOf = ({ organisations }: OrganisationListBody): string[] => organisations.map(({ name }) => name)
      const sorted = ['A', 'b', 'C 100%', 'c_1', 'D'].map((name) => `${name} ${word}`)
      expect(namesOf(await list(`q=${word.toUpperCase()}`))).toEqual(sorted)
      expect(namesOf(await list(`q=${encodeURIComponent(`% ${word}`)}`))).toEqual([`C 100% ${word}`])
      expect(namesOf(await list(`q=${encodeURIComponent(`_1 ${word}`)}`))).toEqual([`c_1 ${word}`])
      const pages: string[] = []
      let next: string | null = `q=${word}&limit=2`
      while (next !== null) {
        const answer: Response = await get(`${paths.organisations()}?${next}`)
        const page = (await answer.json()) as OrganisationListBody
        expect(page.organisations.length).toBeLessThanOrEqual(2)
        pages.push(...namesOf(page))
        next = /^<[^?]+\?([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? null
        expect(next === null).toBe(page.nextCursor === null)
      }
      expect(pages).toEqual(sorted)
      await expectProblem(await get(`${paths.organisations()}?cursor=abc`), 400, 'invalid-request')
    })

    it('has only what the principal may see', async () => {
      const [own, other] = [await anOrganisation(at()), await anOrganisation(at())]
      const idsFor = async (headers: Record<string, string>): Promise<string[]> => {
        const body = (await (
          await at().get(`${paths.organisations()}?limit=100`, headers)
        ).json()) as OrganisationListBody
        return body.organisations.map(({ id }) => id)
      }
      const bearer = async (organisationId: string | null) => {
        return { authorization: `Bearer ${await aToken(at(), 'organisations:read', { organisationId })}` }
      }
      const { cookie } = await aMember(own, 'viewer')
      expect(await idsFor({ cookie })).toEqual([own])
      const memberships = [{ organisationId: own, role: 'viewer' }] as const
      const without = await aSignedInAccount(at(), { memberships, hasSecondFactor: false })
      const rejected = await at().get(paths.organisations(), { cookie: without.cookie })
      await expectProblem(rejected, 403, 'second-factor-required')
      expect(await idsFor(await bearer(own))).toEqual([own])
      expect(await idsFor(await bearer(null))).toEqual(expect.arrayContaining([own, other]))
    })
  })

  describe('members', () => {
    it('are listed by name, in pages', async () => {
      const id = await anOrganisation(at())
      const { get, accountId, email } = await aMember(id, 'owner', 'anna')
      await aMember(id, 'viewer', 'Bert')
      await aMember(id, 'attendant', 'Anna')
      const first = (await (await get(`${paths.members(id)}?limit=2`)).json()) as MemberListBody
      expect(first.members.map(({ name }) => name.toLowerCase())).toEqual(['anna', 'anna'])
      expect(first.members).toContainEqual(
        expect.objectContaining({ accountId, email, role: 'owner', hasSecondFactor: false }),
      )
      const rest = await get(`${paths.members(id)}?limit=2&cursor=${first.nextCursor}`)
      expect(await rest.json()).toMatchObject({ members: [{ name: 'Bert', role: 'viewer' }], nextCursor: null })
      expect(await (await get(paths.organisation(id))).json()).toMatchObject({ members: 3 })
    })

    it('get another role, which counts for their next request', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const viewer = await aMember(id, 'viewer')
      const input = { email: 'x@example.org', role: 'viewer' }
      expect((await viewer.post(paths.memberInvitations(id), input)).status).toBe(403)
      const raised = await owner.put(paths.member(id, viewer.accountId), { role: 'owner', ...REASON })
      expect([raised.status, cookieOf(raised)]).toEqual([204, ''])
      expect((await viewer.post(paths.memberInvitations(id), input)).status).toBe(201)
      expect((await owner.put(paths.member(id, viewer.accountId), { role: 'owner' })).status).toBe(204)
      const changes = (await entriesOf(id)).filter(({ action }) => action === 'members:change')
      expect(changes).toMatchObject([
        {
          object: { kind: 'account', id: viewer.accountId },
          before: { role: 'viewer' },
          after: { role: 'owner' },
          reason: 'test',
        },
      ])
    })

    it('are changed, removed, invited and recovered only after a fresh proof of identity', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const viewer = await aMember(id, 'viewer')
      const invited = await owner.post(paths.memberInvitations(id), { email: 'y@example.org', role: 'viewer' })
      const { invitation } = expectShape(NewInvitationSchema, await invited.json())
      at().clock.advance(11 * MINUTE)
      const member = paths.member(id, viewer.accountId)
      for (const answer of [
        await owner.put(member, { role: 'manager' }),
        await owner.delete(member, REASON),
        await owner.post(paths.memberInvitations(id), { email: 'x@example.org', role: 'viewer' }),
        await owner.delete(paths.memberInvitation(id, invitation.id)),
        await owner.post(paths.memberRecovery(id, viewer.accountId), REASON),
      ])
        await expectProblem(answer, 403, 'step-up-required')
      expect(await rolesIn(id)).toEqual(['owner', 'viewer'])
    })

    it('are changed for a reason without invisible characters, and not an empty one', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const viewer = await aMember(id, 'viewer')
      const member = paths.member(id, viewer.accountId)
      const recovery = paths.memberRecovery(id, viewer.accountId)
      const blank = { reason: ' \u200b ' }
      for (const answer of [
        await owner.put(member, { role: 'manager', ...blank }),
        await owner.post(recovery, blank),
        await owner.delete(member, blank),
      ])
        expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual(['/reason'])
      const hidden = { reason: ' left\u202e the\u0007\ncity ' }
      await owner.put(member, { role: 'manager', ...hidden })
      await owner.post(recovery, hidden)
      await owner.delete(member, hidden)
      expect((await entriesOf(id)).map(({ reason }) => reason)).toEqual(
        Array.from({ length: 3 }, () => 'left the city'),
      )
    })

    it('are removed and lose their rights at once', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const manager = await aMember(id, 'manager')
      expect((await manager.get(paths.members(id))).status).toBe(200)
      expect((await owner.delete(paths.member(id, manager.accountId), REASON)).status).toBe(204)
      await expectProblem(await manager.get(paths.members(id)), 403, 'not-allowed')
      await expectProblem(await owner.delete(paths.member(id, manager.accountId), REASON), 404, 'account-not-found')
      expect(await entriesOf(id)).toMatchObject([
        { action: 'members:remove', before: { role: 'manager' }, after: null, reason: 'test' },
      ])
    })

    it('leave, which renews their session', async () => {
      const id = await anOrganisation(at())
      const viewer = await aMember(id, 'viewer')
      const left = await viewer.delete(paths.ownMembership(id))
      expect(left.status).toBe(204)
      await expectProblem(await viewer.delete(paths.ownMembership(id)), 401, 'sign-in-required')
      const renewed = person(at(), cookieOf(left))
      await expectProblem(await renewed.delete(paths.ownMembership(id)), 404, 'organisation-not-found')
      expect(await entriesOf(id)).toMatchObject([{ action: 'members:leave', object: { id: viewer.accountId } }])
    })
  })

  describe('the last owner', () => {
    it('cannot leave, be removed or get another role, also by an admin', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const { put } = await admin()
      const path = paths.member(id, owner.accountId)
      await expectProblem(await owner.delete(paths.ownMembership(id)), 409, 'last-holder')
      await expectProblem(await owner.delete(path, REASON), 409, 'last-holder')
      await expectProblem(await owner.put(path, { role: 'viewer' }), 409, 'last-holder')
      await expectProblem(await put(path, { role: 'viewer' }), 409, 'last-holder')
      expect(await rolesIn(id)).toEqual(['owner'])
      expect(await entriesOf(id)).toEqual([])
    })

    it('is also one beside owners who are suspended', async () => {
      const id = await anOrganisation(at())
      const [owner, other] = [await aMember(id, 'owner'), await aMember(id, 'owner')]
      const { db } = at().service.context
      await db.updateTable('accounts').set({ suspended_at: 1 }).where('id', '=', other.accountId).execute()
      await expectProblem(await owner.delete(paths.ownMembership(id)), 409, 'last-holder')
      const until = { suspended_until: at().clock.now() }
      await db.updateTable('accounts').set(until).where('id', '=', other.accountId).execute()
      const left = await owner.delete(paths.ownMembership(id))
      expect([left.status, cookieOf(left)]).toEqual([204, expect.stringMatching(/session=[\w-]{43}$/)])
    })

    const ROUNDS = Array.from({ length: 10 }, (_, round) => round)
    it.each(ROUNDS)('stays where two owners demote each other at the same moment (%i)', async () => {
      const id = await anOrganisation(at())
      const [a, b] = [await aMember(id, 'owner'), await aMember(id, 'owner')]
      const answers = await Promise.all([
        a.put(paths.member(id, b.accountId), { role: 'viewer' }),
        b.put(paths.member(id, a.accountId), { role: 'viewer' }),
      ])
      // The other one is no owner any more, or the last one.
      expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
        204,
        expect.toBeOneOf([403, 409]),
      ])
      expect(await rolesIn(id)).toEqual(['owner', 'viewer'])
      expect(await entriesOf(id)).toHaveLength(1)
    })

    it.each(ROUNDS)('stays where all three owners leave at the same moment (%i)', async () => {
      const id = await anOrganisation(at())
      const owners = [await aMember(id, 'owner'), await aMember(id, 'owner'), await aMember(id, 'owner')]
      const answers = await Promise.all(owners.map((owner) => owner.delete(paths.ownMembership(id))))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 204, 409])
      expect(await rolesIn(id)).toEqual(['owner'])
      expect(await entriesOf(id)).toHaveLength(2)
    })
  })

  it('an owner who was demoted during their request changes nothing any more', async () => {
    const id = await anOrganisation(at())
    const [demoted, other, viewer] = [
      await aMember(id, 'owner'),
      await aMember(id, 'owner'),
      await aMember(id, 'viewer'),
    ]
    // What this server knows of the session stays in memory for a moment.
    expect((await demoted.get(paths.members(id))).status).toBe(200)
    const { db } = at().service.context
    await db.updateTable('memberships').set({ role: 'viewer' }).where('account_id', '=', demoted.accountId).execute()
    await expectProblem(await demoted.put(paths.member(id, viewer.accountId), { role: 'manager' }), 403, 'not-allowed')
    await expectProblem(await demoted.delete(paths.member(id, other.accountId), REASON), 403, 'not-allowed')
    const invite = { email: 'friend@example.org', role: 'owner' }
    await expectProblem(await demoted.post(paths.memberInvitations(id), invite), 403, 'not-allowed')
    expect(await rolesIn(id)).toEqual(['owner', 'viewer', 'viewer'])
  })

  describe('an invitation', () => {
    it('is listed with its state, replaced by a newer one to the same address, and revoked', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const invite = async (email: string, role: string) => {
        const answer = await owner.post(paths.memberInvitations(id), { email, role })
        expect(answer.status).toBe(201)
        return expectShape(NewInvitationSchema, await answer.json()).invitation
      }
      const first = await invite('Anna@Example.ORG', 'owner')
      expect(first).toMatchObject({ email: 'anna@example.org', role: 'owner', state: 'waiting' })
      const second = await invite('anna@example.org', 'viewer')
      const third = await invite('bert@example.org', 'viewer')
      expect((await owner.delete(paths.memberInvitation(id, third.id))).status).toBe(204)
      const again = await owner.delete(paths.memberInvitation(id, third.id))
      await expectProblem(again, 410, 'link-not-usable')
      await expectProblem(await owner.delete(paths.memberInvitation(id, newId())), 404, 'not-found')
      const list = async () => (await owner.get(paths.memberInvitations(id))).json()
      expect(await list()).toEqual({
        invitations: expect.arrayContaining([
          { ...third, state: 'revoked' },
          { ...second, state: 'waiting' },
          { ...first, state: 'revoked' },
        ]),
      })
      const actions = (await entriesOf(id)).map(({ action, object }) => `${action} ${object.id}`)
      expect(actions).toEqual([
        `invitations:revoke ${third.id}`,
        `invitations:create ${third.id}`,
        `invitations:create ${second.id}`,
        `invitations:create ${first.id}`,
      ])
      expect((await entriesOf(id))[3].after).toMatchObject({ email: 'anna@example.org', role: 'owner' })
    })

    it.each([
      ['with letters that look like others', 'аnna@example.org'],
      ['of 300 characters', `${'x'.repeat(288)}@example.org`],
      ['with a line break', 'anna@example.org\r\nBcc: all@example.org'],
      ['with a domain of another script', 'anna@bücher.example'],
    ])('is not sent to an address %s', async (_name, email) => {
      const id = await anOrganisation(at())
      const { post } = await aMember(id, 'owner')
      const answer = await post(paths.memberInvitations(id), { email, role: 'viewer' })
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual(['/email'])
    })

    it('is sent to one address five times a day by an organisation, and its text is deleted when it ends', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const invite = (of: string, email: string): Promise<Response> =>
        owner.post(paths.memberInvitations(of), { email, role: 'viewer' })
      for (let i = 0; i < 5; i += 1) expect((await invite(id, 'often@example.org')).status).toBe(201)
      const limited = await invite(id, 'Often@example.org')
      expect(limited.headers.get('retry-after')).toBe(`${24 * 3600}`)
      const { detail } = await expectProblem(limited, 429, 'rate-limited')
      expect(detail).toContain('5 invitations within a day. Wait 24 h')
      expect((await invite(id, 'rarely@example.org')).status).toBe(201)
      const mails = at().service.context.db.selectFrom('mails').select(['state', 'text', 'html'])
      const sent = await mails.where('recipient', '=', 'often@example.org').orderBy('id').execute()
      expect(sent.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => ({ state: 'expired', text: '', html: '' })))
      expect(sent[4]).toMatchObject({ state: 'waiting', text: expect.stringContaining('/console/invitation#') })
    })

    it('is sent 200 times a day by one person', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const { database, clock } = at().service.context
      const who = { organisation: { id, name: 'City' }, accountId: null, createdBy: owner.accountId }
      await runTransaction(database, async (tx) => {
        for (let i = 0; i < 200; i += 1) {
          const link = { purpose: 'invitation', email: `p${i}@example.org`, role: 'viewer', ...who } as const
          await createLink(tx, { clock, newId }, link)
        }
      })
      const more = { email: 'one-more@example.org', role: 'viewer' }
      await expectProblem(await owner.post(paths.memberInvitations(id), more), 429, 'rate-limited')
    })

    it('is not for a member', async () => {
      const id = await anOrganisation(at())
      const owner = await aMember(id, 'owner')
      const { email } = await aMember(id, 'viewer')
      const input = { email: email.toUpperCase(), role: 'owner' }
      await expectProblem(await owner.post(paths.memberInvitations(id), input), 400, 'invalid-request')
    })
  })
})
