import { AuditListSchema, paths, type AuditListBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeEntry } from '#audit/write-entry.ts'
import { asAccount } from '../support/as-account.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { anOrganisation, aSignedInAccount, aToken } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

type Person = { readonly cookie: string }

forEachEngine((engine) => {
  const at = useService(engine)
  let own = ''
  let foreign = ''
  let auditor: Person = { cookie: '' }
  let owner: Person = { cookie: '' }

  async function change(id: string, organisationId: string | null, action = 'things:change'): Promise<void> {
    const { db } = at().service.context
    const object = { kind: 'thing', id }
    const deps = { actor: AN_ACTOR, clock: at().clock.now }
    await db
      .transaction()
      .execute((tx) => writeEntry(tx, deps, { action, object, organisationId, before: null, after: { size: 1 } }))
  }
  async function read(person: Person, query: Record<string, string> = {}): Promise<AuditListBody> {
    const answer = await asAccount(at(), person)('GET', `${paths.audit()}?${new URLSearchParams(query).toString()}`)
    expect(answer.status).toBe(200)
    return expectShape(AuditListSchema, await answer.json())
  }
  const objects = ({ entries }: AuditListBody) => entries.map(({ object }) => object.id)

  beforeAll(async () => {
    own = await anOrganisation(at())
    foreign = await anOrganisation(at())
    auditor = await aSignedInAccount(at(), { roles: ['auditor'] })
    owner = await aSignedInAccount(at(), { memberships: [{ organisationId: own, role: 'owner' }] })
  })
  beforeEach(async () => {
    const { db } = at().service.context
    for (const table of ['audit_queue', 'audit_links', 'audit_values', 'audit_entries'] as const)
      await db.deleteFrom(table).execute()
    await change('of-own', own)
    await change('of-foreign', foreign)
    await change('of-platform', null)
  })

  describe('the audit log over HTTP', () => {
    it('shows auditors and admins everything, the newest first', async () => {
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      for (const person of [auditor, admin]) {
        const list = await read(person)
        expect(objects(list)).toEqual(['of-platform', 'of-foreign', 'of-own'])
        expect(list).toMatchObject({
          entries: [{ actor: { kind: 'command', name: 'tester' }, after: { size: 1 } }, {}, {}],
          nextCursor: null,
        })
      }
      expect(objects(await read(auditor, { organisationId: foreign }))).toEqual(['of-foreign'])
    })

    it('shows owners the entries of their organisations only', async () => {
      expect(objects(await read(owner))).toEqual(['of-own'])
      expect(objects(await read(owner, { organisationId: own }))).toEqual(['of-own'])
      expect(objects(await read(owner, { object: 'thing:of-foreign' }))).toEqual([])
      expect(objects(await read(owner, { object: 'thing:of-platform' }))).toEqual([])
      const send = asAccount(at(), owner)
      for (const organisationId of [foreign, '0'.repeat(17), '*'])
        await expectProblem(
          await send('GET', `${paths.audit()}?${new URLSearchParams({ organisationId }).toString()}`),
          404,
          'organisation-not-found',
        )
    })

    it('shows an owner of two organisations both, and one who manages the other only the own', async () => {
      const memberships = (role: 'owner' | 'manager') => [
        { organisationId: own, role: 'owner' as const },
        { organisationId: foreign, role },
      ]
      expect(objects(await read(await aSignedInAccount(at(), { memberships: memberships('owner') })))).toHaveLength(2)
      expect(objects(await read(await aSignedInAccount(at(), { memberships: memberships('manager') })))).toEqual([
        'of-own',
      ])
    })

    it('is closed to support, moderators, managers, owners without a second factor, and nobody', async () => {
      const manager = { memberships: [{ organisationId: own, role: 'manager' as const }] }
      const closed = [
        await aSignedInAccount(at(), { roles: ['support', 'moderator'] }),
        await aSignedInAccount(at(), manager),
        await aSignedInAccount(at()),
      ]
      for (const person of closed)
        await expectProblem(await asAccount(at(), person)('GET', paths.audit()), 403, 'not-allowed')
      const weak = { memberships: [{ organisationId: own, role: 'owner' as const }], hasSecondFactor: false }
      const answer = await asAccount(at(), await aSignedInAccount(at(), weak))('GET', paths.audit())
      await expectProblem(answer, 403, 'second-factor-required')
      await expectProblem(await at().get(paths.audit()), 401, 'sign-in-required')
      await expectProblem(
        await at().get(`${paths.audit()}?session=${owner.cookie.split('=')[1]}`),
        401,
        'sign-in-required',
      )
    })

    it('shows the token of an organisation its entries only', async () => {
      const token = async (organisationId: string | null) => {
        const headers = { authorization: `Bearer ${await aToken(at(), 'audit:read', { organisationId })}` }
        return objects(
          (await (await at().get(`${paths.audit()}?action=things:change`, headers)).json()) as AuditListBody,
        )
      }
      expect(await token(own)).toEqual(['of-own'])
      expect(await token(null)).toEqual(['of-platform', 'of-foreign', 'of-own'])
    })

    it('filters by action, object and time', async () => {
      await change('of-own', own, 'things:remove')
      const then = at().clock.now()
      at().clock.advance(60_000)
      await change('later', null)
      expect(objects(await read(auditor, { action: 'things:remove' }))).toEqual(['of-own'])
      expect(objects(await read(auditor, { object: 'thing:of-own' }))).toEqual(['of-own', 'of-own'])
      expect(objects(await read(auditor, { from: new Date(then + 1).toISOString() }))).toEqual(['later'])
      expect(objects(await read(auditor, { to: new Date(then).toISOString() }))).toEqual([])
      expect(await read(auditor, { to: new Date(then + 1).toISOString() })).toMatchObject({ entries: { length: 4 } })
    })

    it('has pages in which each entry comes once, also while others are written', async () => {
      for (let i = 0; i < 4; i += 1) await change(`more${i}`, own)
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: AuditListBody = await read(owner, { limit: '2', ...(cursor === '' ? {} : { cursor }) })
        seen.push(...objects(page))
        cursor = page.nextCursor
        await change(`new${seen.length}`, own)
      }
      expect(seen).toEqual(['more3', 'more2', 'more1', 'more0', 'of-own'])
    })

    it.each([
      { cursor: 'x' },
      { object: 'of-own' },
      { from: 'yesterday' },
      { to: '2016-12-31T23:59:60Z' },
      { limit: '201' },
      { actor: 'Ada' },
    ])('rejects %o', async (query) => {
      const answer = await asAccount(at(), auditor)('GET', `${paths.audit()}?${new URLSearchParams(query).toString()}`)
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual([`?${Object.keys(query)[0]}`])
    })
  })
})
