import { OVERLAPS, paths, TokenListSchema, type NewTokenBody, type TokenBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeEach, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { anOrganisation, aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const HOUR_MS = 3_600_000
const OVERLAP_MS = { none: 0, '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS }

forEachEngine((engine) => {
  const at = useService(engine)
  let organisationId = ''
  let owner = { cookie: '' }
  beforeEach(async () => {
    organisationId = await anOrganisation(at())
    owner = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'owner' }] })
  })

  async function create(input: object = {}): Promise<NewTokenBody> {
    const body = { name: 'gate', scopes: ['tokens:read'], ...input }
    const answer = await at().post(paths.tokens(organisationId), body, owner)
    expect(answer.status).toBe(201)
    return (await answer.json()) as NewTokenBody
  }
  const askRoll = (id: string, overlap: string, by = owner): Promise<Response> =>
    at().post(paths.tokenRoll(organisationId, id), { overlap }, by)
  async function roll(id: string, overlap: string): Promise<NewTokenBody> {
    const answer = await askRoll(id, overlap)
    expect(answer.status).toBe(201)
    return (await answer.json()) as NewTokenBody
  }
  const statusOf = async ({ token }: NewTokenBody): Promise<number> =>
    (await at().get(paths.tokens(organisationId), { authorization: `Bearer ${token}` })).status
  async function list(): Promise<TokenBody[]> {
    const { cookie } = await aSignedInAccount(at(), { roles: ['auditor'] })
    const answer = await at().get(paths.tokens(organisationId), { cookie })
    return expectShape(TokenListSchema, await answer.json()).tokens
  }
  async function actionsOn(id: string): Promise<string[]> {
    const { db } = at().service.context
    const entries = await db.selectFrom('audit_entries').select('action').where('object_id', '=', id).execute()
    return entries.map(({ action }) => action).toSorted()
  }

  it('a token ends at its time, to the millisecond', async () => {
    const made = await create({ expiresAt: new Date(at().clock.now() + HOUR_MS).toISOString() })
    at().clock.advance(HOUR_MS - 1)
    expect(await statusOf(made)).toBe(200)
    at().clock.advance(1)
    expect(await statusOf(made)).toBe(401)
    expect(await list()).toMatchObject([{ id: made.id, state: 'expired' }])
  })

  it('a revoked token ends at once, and is revoked once', async () => {
    const made = await create()
    expect(await statusOf(made)).toBe(200)
    expect((await at().delete(paths.token(organisationId, made.id), owner)).status).toBe(204)
    expect(await statusOf(made)).toBe(401)
    await expectProblem(await at().delete(paths.token(organisationId, made.id), owner), 404, 'token-not-found')
    await expectProblem(await askRoll(made.id, '1h'), 404, 'token-not-found')
    expect(await list()).toMatchObject([{ state: 'revoked' }])
    expect(await actionsOn(made.id)).toEqual(['tokens:create', 'tokens:revoke'])
  })

  describe('a rolled token', () => {
    it.each(OVERLAPS)('works beside the new one for %s, to the millisecond', async (overlap) => {
      const old = await create()
      expect(await statusOf(old)).toBe(200)
      const fresh = await roll(old.id, overlap)
      expect(fresh.token).not.toBe(old.token)
      if (OVERLAP_MS[overlap] > 0) {
        at().clock.advance(OVERLAP_MS[overlap] - 1)
        expect(await statusOf(old)).toBe(200)
        at().clock.advance(1)
      }
      expect(await statusOf(old)).toBe(401)
      expect(await statusOf(fresh)).toBe(200)
      expect(await actionsOn(old.id)).toEqual(['tokens:create', 'tokens:roll'])
      expect(await actionsOn(fresh.id)).toEqual([])
    })

    it('passes on its name, scopes, networks and lifetime, and ends no later than before', async () => {
      const end = at().clock.now() + HOUR_MS
      const networks = ['127.0.0.0/8']
      const old = await create({
        scopes: ['tokens:read', 'zones:write'],
        networks,
        expiresAt: new Date(end).toISOString(),
      })
      at().clock.advance(HOUR_MS / 12)
      const fresh = await roll(old.id, '24h')
      expect(await list()).toMatchObject([
        {
          id: fresh.id,
          name: 'gate',
          scopes: ['tokens:read', 'zones:write'],
          networks,
          expiresAt: new Date(end + HOUR_MS / 12).toISOString(),
          state: 'active',
        },
        { id: old.id, expiresAt: new Date(end).toISOString(), state: 'replaced' },
      ])
    })

    it('is rolled once, also in parallel', async () => {
      const old = await create()
      const answers = await Promise.all([1, 2, 3, 4].map(() => askRoll(old.id, '1h')))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 404, 404, 404])
      await expectProblem(await askRoll(old.id, '1h'), 404, 'token-not-found')
      expect(await list()).toHaveLength(2)
    })

    it('can be revoked before its overlap ends', async () => {
      const old = await create()
      const fresh = await roll(old.id, '7d')
      expect((await at().delete(paths.token(organisationId, old.id), owner)).status).toBe(204)
      expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200])
    })

    it('gives nobody scopes that they do not have', async () => {
      const old = await create({ scopes: ['organisations:write'] })
      const manager = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'manager' }] })
      await expectProblem(await askRoll(old.id, '1h', manager), 403, 'not-allowed')
      expect(await list()).toMatchObject([{ id: old.id, state: 'active', expiresAt: null }])
    })

    it('takes no other overlap', async () => {
      const { id } = await create()
      for (const overlap of ['2h', '', '1H', 3600]) {
        const answer = await at().post(paths.tokenRoll(organisationId, id), { overlap }, owner)
        await expectProblem(answer, 400, 'invalid-request')
      }
    })
  })

  it('the token of another organisation does not exist', async () => {
    const theirs = await create()
    const elsewhere = await anOrganisation(at())
    const { cookie } = await aSignedInAccount(at(), { memberships: [{ organisationId: elsewhere, role: 'owner' }] })
    const admin = await aSignedInAccount(at(), { roles: ['admin'] })
    for (const headers of [{ cookie }, { cookie: admin.cookie }]) {
      await expectProblem(await at().delete(paths.token(elsewhere, theirs.id), headers), 404, 'token-not-found')
      const rolled = await at().post(paths.tokenRoll(elsewhere, theirs.id), { overlap: 'none' }, headers)
      await expectProblem(rolled, 404, 'token-not-found')
    }
    expect(await statusOf(theirs)).toBe(200)
  })
})
