import { paths, TokenListSchema, type NewTokenBody, type TokenBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeEach, describe, expect, it } from 'vitest'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { anOrganisation, aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const PROXY = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }
const DAY_MS = 24 * 3_600_000

forEachEngine((engine) => {
  const at = useService(engine, { env: PROXY })
  let organisationId = ''
  let owner = { accountId: '', cookie: '' }
  let manager = { accountId: '', cookie: '' }
  beforeEach(async () => {
    organisationId = await anOrganisation(at())
    owner = await aSignedInAccount(at(), { name: 'Olga', memberships: [{ organisationId, role: 'owner' }] })
    manager = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'manager' }] })
  })

  const ask = (input: object, { cookie } = owner): Promise<Response> =>
    at().post(paths.tokens(organisationId), { name: 'gate', scopes: ['tokens:read'], ...input }, { cookie })
  async function create(input: object, by = owner): Promise<NewTokenBody> {
    const answer = await ask(input, by)
    expect(answer.status).toBe(201)
    return (await answer.json()) as NewTokenBody
  }
  /** A request with a token of the scope `tokens:read`. */
  const use = (token: string, headers: Record<string, string> = {}): Promise<Response> =>
    at().get(paths.tokens(organisationId), { authorization: `Bearer ${token}`, ...headers })
  async function list(): Promise<TokenBody[]> {
    const answer = await at().get(paths.tokens(organisationId), { cookie: owner.cookie })
    return expectShape(TokenListSchema, await answer.json()).tokens
  }

  describe('a new token', () => {
    it('is shown once, and does what its scopes say, in its organisation', async () => {
      const expiresAt = new Date(at().clock.now() + DAY_MS).toISOString()
      const networks = ['198.51.100.9/24', '198.51.100.0/24']
      const { id, token } = await create({ scopes: ['tokens:read', 'zones:write'], expiresAt, networks })
      expect(token).toMatch(/^ks_live_[\w-]{43}_[0-9a-f]{8}$/)
      expect(await list()).toEqual([
        {
          id,
          name: 'gate',
          scopes: ['tokens:read', 'zones:write'],
          effectiveScopes: ['tokens:read', 'zones:write'],
          feedId: null,
          networks: ['198.51.100.0/24'],
          createdBy: 'Olga',
          createdAt: new Date(at().clock.now()).toISOString(),
          expiresAt,
          usedAt: null,
          state: 'active',
        },
      ])
      const stored = await at().service.context.db.selectFrom('tokens').selectAll().where('id', '=', id).execute()
      expect(JSON.stringify(stored)).not.toContain(token)
      const from = { 'x-forwarded-for': '198.51.100.200' }
      expect((await use(token, from)).status).toBe(200)
      const elsewhere = paths.tokens(await anOrganisation(at()))
      const answer = await at().get(elsewhere, { authorization: `Bearer ${token}`, ...from })
      await expectProblem(answer, 404, 'organisation-not-found')
    })

    it('has at most the scopes of the account that creates it', async () => {
      for (const scopes of [['organisations:write'], ['tokens:read', 'audit:read']])
        await expectProblem(await ask({ scopes }, manager), 403, 'not-allowed')
      await create({ scopes: ['organisations:write', 'audit:read'] })
      expect(await list()).toHaveLength(1)
    })

    it.each<[string, object, string]>([
      ['an end in the past', { expiresAt: '2026-03-04T11:59:59Z' }, '/expiresAt'],
      ['an end now', { expiresAt: '2026-03-04T12:00:00Z' }, '/expiresAt'],
      ['a network that is none', { networks: ['198.51.100.0/24', '198.51.100.7'] }, '/networks/1'],
      ['no scope', { scopes: [] }, '/scopes'],
      ['a scope twice', { scopes: ['zones:write', 'zones:write'] }, '/scopes'],
      ['a scope that no token has', { scopes: ['members:write'] }, '/scopes/0'],
      ['the scope of feeds', { scopes: ['readings:write'] }, '/scopes'],
      ['a feed', { feedId: 'my-city' }, '/feedId'],
      ['no name', { name: '' }, '/name'],
      ['an invisible name', { name: '\u200b' }, '/name'],
    ])('with %s is rejected', async (_, input, pointer) => {
      const problem = await expectProblem(await ask(input), 400, 'invalid-request')
      expect(pointers(problem)).toContain(pointer)
      expect(await list()).toEqual([])
    })

    it('of an admin reads no figures of the whole installation', async () => {
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      const problem = await expectProblem(await ask({ scopes: ['monitoring:read'] }, admin), 400, 'invalid-request')
      expect(pointers(problem)).toEqual(['/scopes'])
      // A token from the time when this was possible.
      const { id, token } = await create({ scopes: ['tokens:read'] }, admin)
      const { db } = at().service.context
      await db.updateTable('tokens').set({ scopes: 'tokens:read,monitoring:read' }).where('id', '=', id).execute()
      const now = new Date(at().clock.now()).toISOString()
      const figures = `${paths.monitoringFigures()}?from=${now}&to=${now}`
      await expectProblem(await at().get(figures, { authorization: `Bearer ${token}` }), 403, 'not-allowed')
      expect((await list())[0]?.effectiveScopes).toEqual(['tokens:read'])
      expect((await at().get(figures, { cookie: admin.cookie })).status).not.toBe(403)
    })

    it('has one audit entry, without its text', async () => {
      const { id, token } = await create({ scopes: ['zones:write'] })
      const { db } = at().service.context
      const entries = await db.selectFrom('audit_entries').selectAll().where('object_id', '=', id).execute()
      expect(entries).toMatchObject([
        { action: 'tokens:create', actor_kind: 'account', organisation_id: organisationId, value_before: null },
      ])
      expect(JSON.stringify(entries)).not.toContain(token)
      expect(entries[0].request_id).not.toBeNull()
    })
  })

  describe('the rights of a token shrink with those of its creator:', () => {
    const now = (): number => at().clock.now()
    const changes: [string, () => Promise<unknown>][] = [
      [
        'suspended',
        () =>
          at()
            .service.context.db.updateTable('accounts')
            .set({ suspended_at: now() })
            .where('id', '=', manager.accountId)
            .execute(),
      ],
      [
        'demoted',
        () =>
          at()
            .service.context.db.updateTable('memberships')
            .set({ role: 'attendant' })
            .where('account_id', '=', manager.accountId)
            .execute(),
      ],
      [
        'no longer a member',
        () => at().service.context.db.deleteFrom('memberships').where('account_id', '=', manager.accountId).execute(),
      ],
      ['erased', () => at().service.context.db.deleteFrom('accounts').where('id', '=', manager.accountId).execute()],
    ]
    it.each(changes)('%s', async (_, change) => {
      const { token } = await create({ scopes: ['tokens:read', 'members:read'] }, manager)
      expect((await use(token)).status).toBe(200)
      await change()
      at().service.context.sessions.forget()
      await expectProblem(await use(token), 403, 'not-allowed')
      const [{ scopes, effectiveScopes }] = await list()
      expect(scopes).toEqual(['tokens:read', 'members:read'])
      expect(effectiveScopes).not.toContain('tokens:read')
    })

    it('within a second without a notice, as on another server', async () => {
      const { token } = await create({ scopes: ['tokens:read'] }, manager)
      expect((await use(token)).status).toBe(200)
      await changes[0][1]()
      await expect.poll(async () => (await use(token)).status, { timeout: 1_000, interval: 50 }).toBe(403)
    })

    it('and grow again when a suspension ends', async () => {
      const { token } = await create({ scopes: ['tokens:read'] }, manager)
      const { db, sessions } = at().service.context
      const suspension = { suspended_at: now(), suspended_until: now() + 1000 }
      await db.updateTable('accounts').set(suspension).where('id', '=', manager.accountId).execute()
      expect((await use(token)).status).toBe(403)
      at().clock.advance(1000)
      sessions.forget()
      expect((await use(token)).status).toBe(200)
    })
  })

  it('the networks of a token are compared with the address of the client behind trusted proxies', async () => {
    const { token } = await create({ networks: ['198.51.100.0/24', '2001:db8::/32'] })
    const statuses: Record<string, number> = {}
    const addresses = [
      '198.51.100.7',
      '::ffff:198.51.100.7',
      '2001:db8:1::1',
      '198.51.101.7',
      '2001:db9::1',
      // What the client says itself is before the address that the proxy saw.
      '198.51.100.7, 203.0.113.9',
    ]
    for (const address of addresses) statuses[address] = (await use(token, { 'x-forwarded-for': address })).status
    expect(Object.values(statuses), JSON.stringify(statuses)).toEqual([200, 200, 200, 401, 401, 401])
    await expectProblem(await use(token), 401, 'sign-in-required')
  })

  it('the last use of a token is stored once a minute, and only where it was accepted', async () => {
    const { token } = await create({ networks: ['198.51.100.0/24'] })
    const usedAt = async (): Promise<string | null> => (await list())[0].usedAt
    const inside = { 'x-forwarded-for': '198.51.100.7' }
    await use(token, { 'x-forwarded-for': '203.0.113.9' })
    expect(await usedAt()).toBeNull()
    const first = new Date(at().clock.now()).toISOString()
    await use(token, inside)
    expect(await usedAt()).toBe(first)
    at().clock.advance(59_999)
    await use(token, inside)
    at().service.context.tokens.forget()
    await use(token, inside)
    expect(await usedAt()).toBe(first)
    at().clock.advance(1)
    await use(token, inside)
    expect(await usedAt()).toBe(new Date(at().clock.now()).toISOString())
  })
})
