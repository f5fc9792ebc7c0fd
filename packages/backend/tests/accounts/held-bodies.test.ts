import { paths, type NewTokenBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeEach, describe, expect, it } from 'vitest'
import { anOrganisation, aSignedInAccount } from '../support/people.ts'
import { openRequest } from '../support/raw-request.ts'
import { send } from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

type Held = { readonly method: string; readonly path: string; readonly body: object; readonly tag?: string }

forEachEngine((engine) => {
  const at = useService(engine)
  const db = () => at().service.context.db
  let organisationId = ''
  let owner = { accountId: '', cookie: '' }
  let other = { accountId: '', cookie: '' }
  let production: NewTokenBody
  beforeEach(async () => {
    organisationId = await anOrganisation(at())
    const memberships = [{ organisationId, role: 'owner' }] as const
    owner = await aSignedInAccount(at(), { memberships, roles: ['admin'] })
    other = await aSignedInAccount(at(), { memberships })
    const body = { name: 'signs', scopes: ['organisations:read'] }
    const created = await send(at(), 'POST', paths.tokens(organisationId), { cookie: other.cookie, body })
    production = (await created.json()) as NewTokenBody
  })

  /** The status of a request whose body arrives only after `meanwhile`. */
  async function hold({ method, path, body, tag }: Held, meanwhile: () => Promise<unknown>): Promise<number> {
    const text = JSON.stringify(body)
    const head = [
      `${method} ${path} HTTP/1.1`,
      'host: x',
      `cookie: ${owner.cookie}`,
      'content-type: application/json',
      `content-length: ${text.length}`,
      ...(tag === undefined ? [] : [`if-match: ${tag}`]),
    ]
    const held = await openRequest(at().url, head.join('\r\n'))
    await held.send(text.slice(0, 1))
    // Its answer shows that the session of the request above has been read, too.
    expect((await send(at(), 'GET', paths.ownAccount(), { cookie: owner.cookie })).status).toBe(200)
    await meanwhile()
    await held.send(text.slice(1))
    const status = await held.status()
    held.destroy()
    return status
  }

  const endSession = () => db().deleteFrom('sessions').where('account_id', '=', owner.accountId).execute()
  const suspend = () => setAccount({ suspended_at: at().clock.now() })
  const setAccount = (values: { suspended_at?: number; roles?: string }) =>
    db().updateTable('accounts').set(values).where('id', '=', owner.accountId).execute()
  const remove = async () => {
    await setAccount({ roles: '' })
    await db().deleteFrom('memberships').where('account_id', '=', owner.accountId).execute()
  }
  const demote = async () => {
    await setAccount({ roles: '' })
    await db().updateTable('memberships').set({ role: 'viewer' }).where('account_id', '=', owner.accountId).execute()
  }

  /** What a held request could have written. */
  async function state(): Promise<unknown> {
    const accounts = await db().selectFrom('accounts').select(['id', 'name']).orderBy('id').execute()
    const organisations = await db().selectFrom('organisations').selectAll().orderBy('id').execute()
    const tokens = await db().selectFrom('tokens').selectAll().orderBy('id').execute()
    const links = await db().selectFrom('links').selectAll().orderBy('id').execute()
    const entries = await db().selectFrom('audit_entries').select('id').orderBy('id').execute()
    const preferences = await db().selectFrom('notification_preferences').selectAll().execute()
    return { accounts, organisations, tokens, links, entries, preferences }
  }

  const createToken = (): Held => ({
    method: 'POST',
    path: paths.tokens(organisationId),
    body: { name: 'late', scopes: ['organisations:read'] },
  })
  const rollToken = (): Held => ({
    method: 'POST',
    path: paths.tokenRoll(organisationId, production.id),
    body: { overlap: 'none' },
  })
  const invite = (): Held => ({
    method: 'POST',
    path: paths.memberInvitations(organisationId),
    body: { email: 'late@example.org', role: 'owner' },
  })
  const recover = (): Held => ({
    method: 'POST',
    path: paths.memberRecovery(organisationId, other.accountId),
    body: { reason: 'late' },
  })
  const rename = (): Held => ({
    method: 'PATCH',
    path: paths.organisation(organisationId),
    body: { name: 'Late' },
    tag: '"1"',
  })
  const create = (): Held => ({ method: 'POST', path: paths.organisations(), body: { name: 'Late' } })
  const profile = (): Held => ({ method: 'PATCH', path: paths.ownAccount(), body: { name: 'Late' }, tag: '"1"' })
  const preferences = (): Held => ({
    method: 'PUT',
    path: paths.ownNotificationPreferences(),
    body: { channels: [], quietHours: null },
  })

  const cases: [string, () => Held, () => Promise<unknown>, number][] = [
    ['a new token, session ended', createToken, endSession, 401],
    ['a new token, suspended', createToken, suspend, 401],
    ['a new token, removed', createToken, remove, 403],
    ['a new token, demoted', createToken, demote, 403],
    ['a rolled token, session ended', rollToken, endSession, 401],
    ['a rolled token, removed', rollToken, remove, 403],
    ['an invitation, session ended', invite, endSession, 401],
    ['an invitation, demoted', invite, demote, 403],
    ['a recovery link, session ended', recover, endSession, 401],
    ['a new name of the organisation, suspended', rename, suspend, 401],
    ['a new name of the organisation, removed', rename, remove, 403],
    ['a new organisation, demoted', create, demote, 403],
    ['a new name of the person, session ended', profile, endSession, 401],
  ]

  describe('a request whose body comes late writes nothing:', () => {
    it.each([...cases, ['preferences, session ended', preferences, endSession, 401] as const])(
      '%s',
      async (_, held, change, status) => {
        const before = await state()
        const answer = await hold(held(), async () => {
          await change()
          at().service.context.sessions.forget()
        })
        expect(answer).toBe(status)
        expect(await state()).toEqual(before)
      },
    )

    it.each(cases)('%s on another server a moment before', async (_, held, change, status) => {
      const before = await state()
      expect(await hold(held(), change)).toBe(status)
      expect(await state()).toEqual(before)
    })

    it('unless nothing has changed', async () => {
      for (const held of [createToken(), rollToken(), invite(), recover(), rename(), profile(), preferences()])
        expect(await hold(held, () => Promise.resolve())).toBeOneOf([200, 201, 204])
    })
  })
})
