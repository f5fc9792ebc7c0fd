import { paths } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { sealEntries } from '#audit/seal-entries.ts'
import { verifyChain } from '#audit/verify-chain.ts'
import { eraseAccount } from '#features/accounts/people/erase-account.ts'
import { requireAccountByEmail } from '#features/accounts/people/require-account.ts'
import { createToken } from '#features/tokens/create-token.ts'
import { asAccount } from '../support/as-account.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { anOrganisation, aSignedInAccount, principalOf } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const NAME = 'Wilhelmina Featherstonehaugh'
const EMAIL = 'wilhelmina@erasure.example'

forEachEngine((engine) => {
  const at = useService(engine)
  const deps = () => {
    const { db, engine: opened } = at().service.context
    return { db, engine: opened, clock: at().clock.now, actor: AN_ACTOR }
  }
  beforeAll(async () => {
    await aSignedInAccount(at(), { roles: ['admin'] })
  })

  /** All rows of all tables as text. */
  async function everything(): Promise<string> {
    const { db } = deps()
    const parts: string[] = []
    for (const { name } of await db.introspection.getTables())
      parts.push(
        JSON.stringify(
          await db
            .selectFrom(name as 'accounts')
            .selectAll()
            .execute(),
        ),
      )
    return parts.join('\n')
  }

  describe('the erasure of an account', () => {
    it('leaves no name, address or reason anywhere, one entry, and a whole chain', async () => {
      const { db } = deps()
      const organisationId = await anOrganisation(at())
      const memberships = [{ organisationId, role: 'manager' as const }]
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      const person = await aSignedInAccount(at(), { name: NAME, email: EMAIL, roles: ['admin'], memberships })
      const { accountId } = person
      const other = await aSignedInAccount(at())
      const creator = await principalOf(at(), person)
      // The person acts, others act on the person, and invitations and links name the person.
      const byPerson = asAccount(at(), person)
      const byAdmin = asAccount(at(), admin)
      await byPerson('PUT', paths.accountSuspension(other.accountId), { reason: 'spam' })
      const token = await createToken(deps(), {
        name: 'gate',
        scopes: ['audit:read'],
        organisationId: null,
        feedId: null,
        networks: [],
        creator,
        expiresAt: null,
      })
      await byAdmin('POST', paths.invitations(), { email: EMAIL, role: 'auditor' })
      await byAdmin('POST', paths.accountRecovery(accountId), { reason: `${NAME} lost a phone` })
      await byAdmin('PUT', paths.accountSuspension(accountId), { reason: `${NAME} left` })
      await db
        .insertInto('passkeys')
        .values({
          id: 'p1',
          account_id: accountId,
          credential_hash: 'h',
          credential_id: 'c',
          public_key: 'k',
          counter: 0,
          transports: '',
          name: `Phone of ${NAME}`,
          created_at: 1,
          used_at: null,
        })
        .execute()
      await db.insertInto('recovery_codes').values({ account_id: accountId, hash: 'h', is_pending: 0 }).execute()
      await db
        .insertInto('challenges')
        .values({ id: 'c1', purpose: 'step-up', challenge: 'x', subject: accountId, expires_at: 1 })
        .execute()
      await sealEntries(at().service.context.database)
      const before = await everything()
      expect(before).toContain(EMAIL)
      expect(before).toContain(NAME)

      await eraseAccount(deps(), accountId, 'asked for it')

      const after = await everything()
      expect(after).not.toContain(EMAIL)
      expect(after).not.toContain(NAME)
      for (const table of ['passkeys', 'recovery_codes', 'sessions', 'memberships'] as const)
        expect(await db.selectFrom(table).selectAll().where('account_id', '=', accountId).execute(), table).toEqual([])
      expect(await db.selectFrom('challenges').selectAll().execute()).toEqual([])
      const entries = await entriesOf(at(), 'account', accountId)
      expect(entries.filter(({ action }) => action === 'accounts:erase')).toMatchObject([
        { actor: { kind: 'command', name: 'tester' }, reason: 'asked for it', after: null },
      ])
      // What the person did stays in the log, without the name.
      expect(await entriesOf(at(), 'account', other.accountId)).toMatchObject([
        { action: 'accounts:suspend', actor: { kind: 'account', name: null } },
      ])
      await sealEntries(at().service.context.database)
      expect(await verifyChain(db)).toMatchObject({ broken: null, unsealed: 0 })
      // The session and the token are worth nothing any more.
      at().service.context.sessions.forget()
      expect((await byPerson('GET', paths.accounts())).status).toBe(401)
      const asToken = { authorization: `Bearer ${token.token}` }
      expect((await at().get(paths.audit(), asToken)).status).toBe(403)
    })

    it('of a person who came by an invitation leaves nothing of the invitation either', async () => {
      const email = 'by-invitation@erasure.example'
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      const invited = await asAccount(at(), admin)('POST', paths.invitations(), { email, role: 'support' })
      const secret = new URL(((await invited.json()) as { link: string }).link).hash.slice(1)
      const password = 'three lanes of white paint'
      const accepted = await at().post(paths.linkAccept(), { secret, name: NAME, password })
      expect(accepted.status).toBe(200)
      const account = await requireAccountByEmail(deps().db, email)
      await asAccount(at(), admin)('PUT', paths.accountSuspension(account.id), { reason: `${NAME} left` })
      expect(await everything()).toContain(email)
      await eraseAccount(deps(), account.id, 'asked for it')
      const after = await everything()
      expect(after).not.toContain(email)
      expect(after).not.toContain(NAME)
    })

    it('of the only owner of an organisation is rejected and changes nothing', async () => {
      const organisationId = await anOrganisation(at())
      const memberships = [{ organisationId, role: 'owner' as const }]
      const { accountId } = await aSignedInAccount(at(), { memberships })
      await expect(eraseAccount(deps(), accountId, 'x')).rejects.toMatchObject({ code: 'last-holder' })
      const second = await aSignedInAccount(at(), { memberships })
      await eraseAccount(deps(), accountId, 'x')
      await expect(eraseAccount(deps(), second.accountId, 'x')).rejects.toMatchObject({ code: 'last-holder' })
      await expect(eraseAccount(deps(), accountId, 'x')).rejects.toMatchObject({ code: 'account-not-found' })
      expect(await entriesOf(at(), 'account', accountId)).toHaveLength(1)
      expect(await entriesOf(at(), 'account', second.accountId)).toEqual([])
    })

    it('of both owners at once leaves one', async () => {
      for (let round = 0; round < 8; round += 1) {
        const organisationId = await anOrganisation(at())
        const memberships = [{ organisationId, role: 'owner' as const }]
        const people = [await aSignedInAccount(at(), { memberships }), await aSignedInAccount(at(), { memberships })]
        const results = await Promise.allSettled(people.map(({ accountId }) => eraseAccount(deps(), accountId, 'x')))
        expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      }
    })
  })
})
