import {
  OneTimeLinkSchema,
  paths,
  SignedInSchema,
  type NewInvitationBody,
  type NewLinkBody,
  type NewTokenBody,
} from '@kickstand/contract'
import type { OrganisationRole } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { listEntries, type ShownEntry } from '#audit/list-entries.ts'
import { createLink, type NewLink } from '#features/accounts/links/create-link.ts'
import { newId } from '#platform/ids.ts'
import { anOrganisation, aSignedInAccount, aToken } from '../support/people.ts'
import { cookieOf, person, secretOf } from '../support/person.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { aPersonWithPassword, setUpAuthenticator } from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

const DAY = 24 * 3_600_000
const REASON = { reason: 'lost the phone' }
const PASSWORD = 'plum-tram-violet-94'
const NEW_PASSWORD = 'crane-copper-lake-57'

forEachEngine((engine) => {
  const at = useService(engine)
  const anybody = () => person(at(), '')
  const db = () => at().service.context.db

  /** An organisation with an owner, and a link to join it. */
  async function anInvitation(email: string, role: OrganisationRole = 'manager') {
    const organisationId = await anOrganisation(at(), 'City of Test')
    const { cookie, accountId: ownerId } = await aSignedInAccount(at(), {
      memberships: [{ organisationId, role: 'owner' }],
    })
    const owner = person(at(), cookie)
    const answer = await owner.post(paths.memberInvitations(organisationId), { email, role })
    const { invitation, link } = (await answer.json()) as NewInvitationBody
    return { organisationId, owner, ownerId, link, secret: secretOf(link), id: invitation.id }
  }

  async function aLink(link: Partial<NewLink>): Promise<string> {
    const { clock } = at()
    const none = {
      purpose: 'setup',
      email: null,
      role: 'admin',
      organisation: null,
      accountId: null,
      createdBy: null,
    } as const
    const work = db().transaction()
    return (await work.execute((tx) => createLink(tx, { clock: clock.now, newId }, { ...none, ...link }))).secret
  }

  const anEmail = (): string => `${newId()}@example.org`
  const accept = (input: Record<string, unknown>, headers?: Record<string, string>): Promise<Response> =>
    anybody().post(paths.linkAccept(), { name: 'Anna', password: PASSWORD, ...input }, headers)
  const accounts = async (email: string): Promise<number> =>
    (await db().selectFrom('accounts').select('id').where('email', '=', email).execute()).length
  const entriesOf = async (accountId: string): Promise<ShownEntry[]> =>
    await listEntries(db(), { limit: 100, object: { kind: 'account', id: accountId } })

  describe('an invitation', () => {
    it('says what it is for, makes an account with the role, and signs in', async () => {
      const email = anEmail()
      const { organisationId, secret, link, ownerId } = await anInvitation(email)
      expect(link).toContain('/console/invitation#')
      const read = await anybody().post(paths.linkRead(), { secret })
      expect(expectShape(OneTimeLinkSchema, await read.json())).toMatchObject({
        purpose: 'invitation',
        email,
        organisation: { id: organisationId, name: 'City of Test' },
        role: 'manager',
        accountExists: false,
      })
      const answer = await accept({ secret, name: ' Anna\u202e \t Ågård ' }, { 'accept-language': 'de-DE,en;q=0.8' })
      const { account } = expectShape(SignedInSchema, await answer.json())
      expect(account).toMatchObject({
        email,
        name: 'Anna Ågård',
        language: 'de',
        roles: [],
        memberships: [{ organisationId, role: 'manager' }],
        hasPassword: true,
        needsSecondFactor: true,
        session: { hasSecondFactor: false },
      })
      // A password alone is one factor: the role counts once there is a second one.
      const { get } = person(at(), cookieOf(answer))
      await expectProblem(await get(paths.members(organisationId)), 403, 'second-factor-required')
      const { cookie } = await setUpAuthenticator(at(), cookieOf(answer))
      expect((await person(at(), cookie).get(paths.members(organisationId))).status).toBe(200)
      expect((await entriesOf(account.id)).slice(-1)).toMatchObject([
        {
          actor: { kind: 'link' },
          action: 'accounts:create',
          organisationId,
          before: null,
          after: { name: 'Anna Ågård', email, roles: ['manager'] },
        },
      ])
      const everything = JSON.stringify(await listEntries(db(), { limit: 1000 }))
      expect(everything).toContain(ownerId)
      for (const hidden of [secret, PASSWORD, '$argon2']) expect(everything).not.toContain(hidden)
    })

    it('works once', async () => {
      const email = anEmail()
      const { secret, owner, organisationId } = await anInvitation(email)
      expect((await accept({ secret })).status).toBe(200)
      await expectProblem(await accept({ secret }), 410, 'link-not-usable')
      await expectProblem(await anybody().post(paths.linkRead(), { secret }), 410, 'link-not-usable')
      expect(await (await owner.get(paths.memberInvitations(organisationId))).json()).toMatchObject({
        invitations: [{ email, state: 'accepted' }],
      })
    })

    it.each([1, 2, 3])('works once where it is accepted several times at the same moment (%i)', async () => {
      const email = anEmail()
      const { secret, organisationId } = await anInvitation(email)
      const answers = await Promise.all(Array.from({ length: 6 }, () => accept({ secret })))
      const codes = answers.map(({ status }) => status).toSorted((a, b) => a - b)
      expect(codes).toEqual([200, ...Array.from({ length: 5 }, () => expect.toBeOneOf([401, 410]))])
      expect(await accounts(email)).toBe(1)
      const members = db().selectFrom('memberships').selectAll().where('organisation_id', '=', organisationId)
      expect(await members.execute()).toHaveLength(2)
    })

    it('makes one account where two invitations to one address are accepted at the same moment', async () => {
      const email = anEmail()
      const [one, two] = [await anInvitation(email), await anInvitation(email)]
      const answers = await Promise.all([accept({ secret: one.secret }), accept({ secret: two.secret })])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
      expect(await accounts(email)).toBe(1)
    })

    it('is dead once it was revoked', async () => {
      const { secret, owner, organisationId, id } = await anInvitation(anEmail())
      expect((await owner.delete(paths.memberInvitation(organisationId, id))).status).toBe(204)
      await expectProblem(await accept({ secret }), 410, 'link-not-usable')
    })

    it('is dead after seven days', async () => {
      const [early, late] = [await anInvitation(anEmail()), await anInvitation(anEmail())]
      at().clock.advance(7 * DAY - 1)
      expect((await accept({ secret: early.secret })).status).toBe(200)
      at().clock.advance(1)
      await expectProblem(await accept({ secret: late.secret }), 410, 'link-not-usable')
      const input = { secret: late.secret, name: 'Anna' }
      await expectProblem(await anybody().post(paths.linkPasskeyOptions(), input), 410, 'link-not-usable')
    })

    it('is dead once the owner who made it is no owner any more', async () => {
      const { secret, ownerId } = await anInvitation(anEmail(), 'owner')
      await db().updateTable('memberships').set({ role: 'viewer' }).where('account_id', '=', ownerId).execute()
      await expectProblem(await accept({ secret }), 410, 'link-not-usable')
    })

    it('is dead while the owner who made it is suspended', async () => {
      const { secret, ownerId } = await anInvitation(anEmail())
      await db().updateTable('accounts').set({ suspended_at: 1 }).where('id', '=', ownerId).execute()
      await expectProblem(await accept({ secret }), 410, 'link-not-usable')
    })

    it('is for its e-mail address only, in any case', async () => {
      const email = anEmail()
      const { secret } = await anInvitation(email)
      const another = await expectProblem(await accept({ secret, email: anEmail() }), 400, 'invalid-request')
      expect(pointers(another)).toEqual(['/email'])
      // Cyrillic е and а.
      const lookalike = await accept({ secret, email: email.replace('example', 'еxаmple') })
      expect(pointers(await expectProblem(lookalike, 400, 'invalid-request'))).toEqual(['/email'])
      expect((await accept({ secret, email: ` ${email.toUpperCase()} ` })).status).toBe(200)
      expect(await accounts(email)).toBe(1)
    })

    it.each([
      ['a name of hidden characters', { name: '\u200b\u202e' }, '/name'],
      ['no name', { name: undefined }, '/name'],
      ['a password that is too short', { password: 'short' }, '/password'],
      ['the e-mail address as password', { password: 'guest@example.org' }, '/password'],
      ['neither password nor passkey', { password: undefined }, '/password'],
      ['both password and passkey', { passkey: { challengeId: newId(), response: {} } }, '/password'],
    ])('is not used up by %s', async (_name, input, pointer) => {
      const email = `guest@${newId()}.example.org`
      const { secret } = await anInvitation(email)
      const problem = await expectProblem(await accept({ secret, ...input }), 400, 'invalid-request')
      expect(pointers(problem)).toEqual([pointer])
      expect(await accounts(email)).toBe(0)
      expect((await accept({ secret })).status).toBe(200)
    })

    it('cannot be accepted from a page of another site', async () => {
      const { secret } = await anInvitation(anEmail())
      for (const headers of [{ origin: 'https://attacker.example' }, { 'sec-fetch-site': 'cross-site' }])
        await expectProblem(await accept({ secret }, headers), 403, 'cross-site-request')
      expect((await accept({ secret }, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    })

    it('that does not exist cannot be accepted', async () => {
      await expectProblem(await accept({ secret: 'x'.repeat(43) }), 410, 'link-not-usable')
    })
  })

  describe('an invitation to an address that has an account', () => {
    it('is accepted by who has signed in with it, once', async () => {
      const { cookie, email, accountId } = await aSignedInAccount(at())
      const { secret, organisationId } = await anInvitation(email.toUpperCase())
      expect(await (await anybody().post(paths.linkRead(), { secret })).json()).toMatchObject({ accountExists: true })
      await expectProblem(await accept({ secret }), 401, 'sign-in-required')
      const options = await anybody().post(paths.linkPasskeyOptions(), { secret, name: 'Anna' })
      await expectProblem(options, 401, 'sign-in-required')
      const joined = await person(at(), cookie).post(paths.ownMemberships(), { secret })
      const { account } = expectShape(SignedInSchema, await joined.json())
      expect(account.memberships).toEqual([{ organisationId, role: 'manager' }])
      // The rights have changed, so the session has a new secret.
      await expectProblem(await person(at(), cookie).get(paths.members(organisationId)), 401, 'sign-in-required')
      const renewed = person(at(), cookieOf(joined))
      expect((await renewed.get(paths.members(organisationId))).status).toBe(200)
      await expectProblem(await renewed.post(paths.ownMemberships(), { secret }), 410, 'link-not-usable')
      expect(await entriesOf(accountId)).toMatchObject([
        { actor: { kind: 'account' }, action: 'invitations:accept', organisationId, after: { roles: ['manager'] } },
      ])
    })

    it('is accepted once where that happens several times at the same moment', async () => {
      const { cookie, email, accountId } = await aSignedInAccount(at())
      const { secret } = await anInvitation(email)
      const join = (): Promise<Response> => person(at(), cookie).post(paths.ownMemberships(), { secret })
      const answers = await Promise.all([join(), join(), join(), join()])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        200,
        ...Array.from({ length: 3 }, () => expect.toBeOneOf([401, 410])),
      ])
      expect(await entriesOf(accountId)).toHaveLength(1)
    })

    it('is rejected for another account, and not used up', async () => {
      const invited = await aSignedInAccount(at())
      const { secret } = await anInvitation(invited.email)
      const other = await aSignedInAccount(at())
      const answer = await person(at(), other.cookie).post(paths.ownMemberships(), { secret })
      await expectProblem(answer, 403, 'not-allowed')
      expect((await person(at(), invited.cookie).post(paths.ownMemberships(), { secret })).status).toBe(200)
    })

    it('never takes a higher role away', async () => {
      const { cookie, email, accountId } = await aSignedInAccount(at())
      const { secret, organisationId } = await anInvitation(email, 'viewer')
      const membership = {
        organisation_id: organisationId,
        account_id: accountId,
        role: 'owner',
        created_at: 1,
      } as const
      await db().insertInto('memberships').values(membership).execute()
      const joined = await person(at(), cookie).post(paths.ownMemberships(), { secret })
      expect(await joined.json()).toMatchObject({ account: { memberships: [{ organisationId, role: 'owner' }] } })
    })
  })

  describe('a link for the first admin', () => {
    it('lets the person enter their address, and ends the other links of this kind', async () => {
      const [secret, other] = [await aLink({}), await aLink({})]
      const named = await aLink({ email: anEmail() })
      expect(await (await anybody().post(paths.linkRead(), { secret })).json()).toMatchObject({
        purpose: 'setup',
        email: null,
        organisation: null,
        role: 'admin',
      })
      const missing = await expectProblem(await accept({ secret }), 400, 'invalid-request')
      expect(pointers(missing)).toEqual(['/email'])
      const lookalike = await accept({ secret, email: 'аdmin@example.org' })
      expect(pointers(await expectProblem(lookalike, 400, 'invalid-request'))).toEqual(['/email'])
      const email = anEmail()
      const answer = await accept({ secret, email: email.toUpperCase() })
      expect(await answer.json()).toMatchObject({ account: { email, roles: ['admin'], needsSecondFactor: true } })
      await expectProblem(await accept({ secret: other, email: anEmail() }), 410, 'link-not-usable')
      expect((await accept({ secret: named })).status).toBe(200)
    })

    it('is for the person who signs in where there is an account with that address', async () => {
      const secret = await aLink({})
      const { cookie, email } = await aSignedInAccount(at(), { roles: ['auditor'] })
      await expectProblem(await accept({ secret, email }), 401, 'sign-in-required')
      const joined = await person(at(), cookie).post(paths.ownMemberships(), { secret })
      expect(await joined.json()).toMatchObject({ account: { roles: ['auditor', 'admin'] } })
    })
  })

  describe('the recovery of a member', () => {
    /** A member with a password, an authenticator app, a passkey, an identity at a provider, recovery codes and a session. */
    async function aMemberWithCredentials(organisationId: string) {
      const member = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'manager' }] })
      const { accountId } = member
      await db()
        .updateTable('accounts')
        .set({ password_hash: 'former', totp_secret: 'TOTP', totp_pending: 'PENDING', totp_last_step: 9 })
        .where('id', '=', accountId)
        .execute()
      const passkey = {
        id: newId(),
        account_id: accountId,
        credential_hash: newId(),
        credential_id: 'c',
        public_key: 'k',
      }
      const use = { counter: 0, transports: '', name: 'phone', created_at: 1, used_at: null }
      await db()
        .insertInto('passkeys')
        .values({ ...passkey, ...use })
        .execute()
      const identity = { id: newId(), organisation_id: organisationId, account_id: accountId, created_at: 1 }
      await db()
        .insertInto('identities')
        .values({ ...identity, used_at: null })
        .execute()
      const code = { account_id: accountId, hash: newId(), is_pending: 0 }
      await db().insertInto('recovery_codes').values(code).execute()
      return member
    }

    async function aScene() {
      const { organisationId, owner } = await anInvitation(anEmail())
      const member = await aMemberWithCredentials(organisationId)
      const recover = (): Promise<Response> =>
        owner.post(paths.memberRecovery(organisationId, member.accountId), REASON)
      const secret = async (): Promise<string> => secretOf(((await (await recover()).json()) as NewLinkBody).link)
      return { organisationId, member, recover, secret }
    }

    it('replaces all credentials and ends all sessions', async () => {
      const { organisationId, member, secret: newLink } = await aScene()
      const [former, secret] = [await newLink(), await newLink()]
      // A new link ends the one before.
      await expectProblem(await accept({ secret: former }), 410, 'link-not-usable')
      expect(await (await anybody().post(paths.linkRead(), { secret })).json()).toMatchObject({
        purpose: 'recovery',
        email: member.email,
        accountExists: true,
      })
      expect((await person(at(), member.cookie).get(paths.members(organisationId))).status).toBe(200)
      const answer = await accept({ secret, name: 'Somebody', password: NEW_PASSWORD })
      expect(await answer.json()).toMatchObject({
        account: {
          id: member.accountId,
          name: 'Anna',
          passkeys: [],
          hasPassword: true,
          hasAuthenticator: false,
          recoveryCodesLeft: 0,
          memberships: [{ organisationId, role: 'manager' }],
        },
      })
      await expectProblem(await person(at(), member.cookie).get(paths.members(organisationId)), 401, 'sign-in-required')
      const { password_hash: hash, totp_pending: pending } = await db()
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', member.accountId)
        .executeTakeFirstOrThrow()
      expect([hash, pending]).toEqual([expect.stringContaining('$argon2id$'), null])
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 410, 'link-not-usable')
      const recoveries = (await entriesOf(member.accountId)).map(({ action, reason, before, after }) => {
        return { action, reason, before, after }
      })
      expect(recoveries[0]).toEqual({
        action: 'accounts:recover',
        reason: null,
        before: {
          passkeys: 1,
          identities: 1,
          recoveryCodes: 1,
          authenticator: true,
          password: true,
          sessions: 1,
          tokens: 0,
          links: 0,
        },
        after: { passkeys: 0, password: true, sessions: 1, tokens: 0, links: 0 },
      })
      expect(recoveries.slice(1)).toMatchObject([
        { action: 'accounts:recovery', reason: 'lost the phone' },
        { action: 'accounts:recovery', reason: 'lost the phone' },
      ])
    })

    it('ends the tokens and open links that the account created', async () => {
      const { owner: former, ownerId, organisationId, secret: invited } = await anInvitation(anEmail())
      const made = await former.post(paths.tokens(organisationId), { name: 'stolen', scopes: ['audit:read'] })
      const { token } = (await made.json()) as NewTokenBody
      const bearer = { authorization: `Bearer ${token}` }
      const ofCommand = { authorization: `Bearer ${await aToken(at(), 'members:read', { organisationId })}` }
      expect((await at().get(paths.audit(), bearer)).status).toBe(200)
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      const link = await person(at(), admin.cookie).post(paths.accountRecovery(ownerId), REASON)
      const secret = secretOf(((await link.json()) as NewLinkBody).link)
      const recovered = await accept({ secret, password: NEW_PASSWORD })
      expect(recovered.status).toBe(200)
      // Also once the roles of the account count again.
      await setUpAuthenticator(at(), cookieOf(recovered))
      await expectProblem(await at().get(paths.audit(), bearer), 401, 'sign-in-required')
      await expectProblem(await accept({ secret: invited }), 410, 'link-not-usable')
      expect((await at().get(paths.members(organisationId), ofCommand)).status).toBe(200)
      const recovery = (await entriesOf(ownerId)).find(({ action }) => action === 'accounts:recover')
      expect(recovery).toMatchObject({ before: { tokens: 1, links: 1 }, after: { tokens: 0, links: 0 } })
    })

    it('is not possible for the own account', async () => {
      const { owner, ownerId, organisationId } = await anInvitation(anEmail())
      const answer = await owner.post(paths.memberRecovery(organisationId, ownerId), REASON)
      await expectProblem(answer, 403, 'not-allowed')
      const links = db().selectFrom('links').select('id').where('account_id', '=', ownerId)
      expect(await links.execute()).toEqual([])
    })

    it('with a password alone gives no right until the person has set up a second factor again', async () => {
      const { organisationId, owner } = await anInvitation(anEmail())
      const member = await aPersonWithPassword(at(), { memberships: [{ organisationId, role: 'manager' }] })
      const former = await setUpAuthenticator(at(), member.cookie)
      const link = await owner.post(paths.memberRecovery(organisationId, member.accountId), REASON)
      const secret = secretOf(((await link.json()) as NewLinkBody).link)
      const accepted = await accept({ secret, password: NEW_PASSWORD })
      const members = paths.members(organisationId)
      await expectProblem(await person(at(), cookieOf(accepted)).get(members), 403, 'second-factor-required')
      // A new proof with that password changes nothing, and neither does a sign-in with it.
      const proof = await person(at(), cookieOf(accepted)).post(paths.stepUp(), { password: NEW_PASSWORD })
      await expectProblem(await person(at(), cookieOf(proof)).get(members), 403, 'second-factor-required')
      const who = { email: member.email, password: NEW_PASSWORD }
      const again = await anybody().post(paths.signInPassword(), who)
      await expectProblem(await person(at(), cookieOf(again)).get(members), 403, 'second-factor-required')
      // What was replaced is of no use any more.
      const recoveryCode = former.recoveryCodes[0]
      const withCode = await anybody().post(paths.signInPassword(), { ...who, recoveryCode })
      await expectProblem(withCode, 401, 'sign-in-failed')
      const { cookie } = await setUpAuthenticator(at(), cookieOf(again))
      expect((await person(at(), cookie).get(members)).status).toBe(200)
    })

    it('happens once where the link is accepted several times at the same moment', async () => {
      const { member, secret: newLink } = await aScene()
      const secret = await newLink()
      const answers = await Promise.all(Array.from({ length: 4 }, () => accept({ secret, password: NEW_PASSWORD })))
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410])
      const sessions = db().selectFrom('sessions').select('id').where('account_id', '=', member.accountId)
      expect(await sessions.execute()).toHaveLength(1)
    })

    it('is dead after a day', async () => {
      const { secret: newLink } = await aScene()
      const secret = await newLink()
      at().clock.advance(DAY)
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 410, 'link-not-usable')
    })

    it.each(['admin', 'moderator', 'support', 'auditor'])('is not possible for who is %s', async (role) => {
      const { member, recover, secret: newLink } = await aScene()
      const secret = await newLink()
      await db().updateTable('accounts').set({ roles: role }).where('id', '=', member.accountId).execute()
      await expectProblem(await recover(), 403, 'not-allowed')
      // Also with a link from before they got the role.
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 403, 'not-allowed')
      await expectProblem(await anybody().post(paths.linkPasskeyOptions(), { secret }), 403, 'not-allowed')
      const account = db().selectFrom('accounts').select('password_hash').where('id', '=', member.accountId)
      expect(await account.executeTakeFirstOrThrow()).toEqual({ password_hash: 'former' })
    })

    it('is not possible for who is a member of another organisation', async () => {
      const { member, recover, secret: newLink } = await aScene()
      const secret = await newLink()
      const elsewhere = { organisation_id: await anOrganisation(at()), account_id: member.accountId }
      await db()
        .insertInto('memberships')
        .values({ ...elsewhere, role: 'owner', created_at: 1 })
        .execute()
      await expectProblem(await recover(), 403, 'not-allowed')
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 403, 'not-allowed')
    })

    it('is not possible for who has left the organisation since', async () => {
      const { organisationId, member, secret: newLink } = await aScene()
      const secret = await newLink()
      expect((await person(at(), member.cookie).delete(paths.ownMembership(organisationId))).status).toBe(204)
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 410, 'link-not-usable')
    })

    it('is not possible while the account is suspended, and is no way to join', async () => {
      const { member, secret: newLink } = await aScene()
      const secret = await newLink()
      const joined = await person(at(), member.cookie).post(paths.ownMemberships(), { secret })
      await expectProblem(joined, 410, 'link-not-usable')
      await db().updateTable('accounts').set({ suspended_at: 1 }).where('id', '=', member.accountId).execute()
      await expectProblem(await accept({ secret, password: NEW_PASSWORD }), 410, 'link-not-usable')
    })
  })
})
