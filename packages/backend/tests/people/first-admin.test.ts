import { paths } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { startTestService } from '@kickstand/testkit/start-service'
import { beforeEach, describe, expect, it } from 'vitest'
import { inspectContents } from '#app/inspect-contents.ts'
import { listEntries } from '#audit/list-entries.ts'
import { grantRole } from '#features/accounts/links/grant-role.ts'
import { findLinkByHash } from '#features/accounts/links/link-store.ts'
import { readAccount, updateAccount } from '#features/accounts/people/account-store.ts'
import { readAdmins } from '#features/accounts/people/admin-store.ts'
import { changeRoles } from '#features/accounts/people/change-roles.ts'
import { createAdmin } from '#features/accounts/people/create-admin.ts'
import { hashOfKey, newId } from '#platform/ids.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const LINK = /http:\/\/localhost:(\d+)\/console\/setup#([\w-]{43})/

forEachEngine((engine) => {
  const at = useService(engine)
  beforeEach(async () => {
    const { db } = at().service.context
    await db.deleteFrom('links').execute()
    await db.updateTable('accounts').set({ roles: '' }).execute()
  })
  const deps = () => {
    const { db, engine: opened } = at().service.context
    return { db, engine: opened, clock: at().clock.now, newId, actor: AN_ACTOR }
  }
  async function printedSecret(): Promise<string | undefined> {
    return LINK.exec((await at().service.welcome()).join('\n'))?.[2]
  }
  async function works(secret = ''): Promise<boolean> {
    const link = await findLinkByHash(deps().db, hashOfKey(secret))
    return link !== undefined && link.revoked_at === null && link.used_at === null
  }

  describe('the first start', () => {
    it('prints a link for the first admin that works once, for seven days', async () => {
      const lines = (await at().service.welcome()).join('\n')
      const [, port, secret = ''] = LINK.exec(lines) ?? []
      expect(port).toBe(new URL(at().url).port)
      expect(await findLinkByHash(deps().db, hashOfKey(secret))).toMatchObject({
        purpose: 'setup',
        role: 'admin',
        email: null,
        used_at: null,
        expires_at: at().clock.now() + 7 * 24 * 3_600_000,
      })
    })

    it('makes whoever opens it first the admin, once', async () => {
      const secret = await printedSecret()
      const accept = (email: string) =>
        at().post(paths.linkAccept(), { secret, name: 'Ada', email, password: 'three lanes of white paint' })
      const answers = await Promise.all([accept('one@first.example'), accept('two@first.example')])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410])
      const email = expect.stringMatching(/@first\.example$/) as string
      expect(await readAdmins(deps().db)).toMatchObject([{ email }])
      expect(await printedSecret()).toBeUndefined()
    })

    it('is followed by others, each with a new link that replaces the one before', async () => {
      const first = await printedSecret()
      const bound = await createAdmin(deps(), 'bound@example.org', 'x')
      const second = await printedSecret()
      expect([await works(first), await works(second)]).toEqual([false, true])
      if (!('link' in bound)) throw new Error('no link')
      expect(await works(bound.link.secret)).toBe(true)
    })

    it('prints nothing once there is an admin, and the waiting link ends then', async () => {
      const secret = await printedSecret()
      const { accountId } = await aSignedInAccount(at())
      await changeRoles(deps(), null, accountId, { roles: ['admin'], reason: 'first' })
      expect(await works(secret)).toBe(false)
      expect(await printedSecret()).toBeUndefined()
      // Nor while the only admin is suspended: a suspension must not open a way in.
      const { db } = deps()
      await db.transaction().execute((tx) => updateAccount(tx, accountId, { suspended_at: 1 }))
      expect(await printedSecret()).toBeUndefined()
    })

    it('ends the waiting link also when the admin joins by a link bound to an address', async () => {
      const secret = await printedSecret()
      const { accountId, email } = await aSignedInAccount(at())
      await createAdmin(deps(), 'somebody-else@example.org', 'x')
      const { db } = deps()
      const bound = await db.selectFrom('links').selectAll().where('email', 'is not', null).executeTakeFirstOrThrow()
      await db.transaction().execute((tx) => grantRole(tx, accountId, { ...bound, email }, at().clock.now()))
      expect((await readAccount(db, accountId))?.roles).toBe('admin')
      expect(await works(secret)).toBe(false)
    })

    it('prints nothing on a server without the console', async () => {
      const worker = await startTestService({ url: at().database.url, env: { KICKSTAND_ROLES: 'jobs' } })
      expect((await worker.service.welcome()).join('\n')).not.toContain('setup')
      await worker.stop()
    })

    it('is a line of its own on standard output, and in no line of the log', async () => {
      const database = await engine.openEmpty()
      const server = await spawnService(database.url, { KICKSTAND_LOG_LEVEL: 'debug' })
      await expect.poll(server.log, { timeout: 20_000 }).toMatch(LINK)
      const secret = LINK.exec(server.log())?.[2] ?? ''
      const lines = server
        .log()
        .split('\n')
        .filter((line) => line.includes(secret))
      expect(lines).toEqual([expect.stringMatching(/^ {2}Setup {5}http:\/\/localhost:\d+\/console\/setup#[\w-]{43}$/)])
      await server.stop()
      await database.dispose()
    })

    it('stores the secret nowhere', async () => {
      const secret = (await printedSecret()) ?? ''
      const { db } = deps()
      const stored = [await db.selectFrom('links').selectAll().execute(), await listEntries(db, { limit: 9999 })]
      expect(secret).toHaveLength(43)
      expect(JSON.stringify(stored)).not.toContain(secret)
    })
  })

  describe('create-admin', () => {
    it('gives a link bound to the address; an earlier one for it ends', async () => {
      const secrets: string[] = []
      for (let i = 0; i < 2; i += 1) {
        const created = await createAdmin(deps(), 'ada@example.org', 'x')
        if ('link' in created) secrets.push(created.link.secret)
      }
      expect(await Promise.all(secrets.map(works))).toEqual([false, true])
      const link = await findLinkByHash(deps().db, hashOfKey(secrets[1] ?? ''))
      expect(link).toMatchObject({ purpose: 'setup', role: 'admin', email: 'ada@example.org' })
      expect(await entriesOf(at(), 'link', link?.id ?? '')).toMatchObject([
        { action: 'links:create', actor: { kind: 'command' }, after: { role: 'admin', email: 'ada@example.org' } },
      ])
    })

    it('makes an account that exists an admin, which keeps its roles', async () => {
      const { accountId, email } = await aSignedInAccount(at(), { roles: ['support'] })
      expect(await createAdmin(deps(), email, 'x')).toEqual({ accountId, wasAdmin: false })
      expect(await createAdmin(deps(), email, 'x')).toEqual({ accountId, wasAdmin: true })
      expect((await readAccount(deps().db, accountId))?.roles).toBe('support,admin')
      expect(await entriesOf(at(), 'account', accountId)).toHaveLength(1)
    })

    it('rejects a suspended account', async () => {
      const { accountId, email } = await aSignedInAccount(at())
      await deps()
        .db.transaction()
        .execute((tx) => updateAccount(tx, accountId, { suspended_at: 1 }))
      await expect(createAdmin(deps(), email, 'x')).rejects.toMatchObject({ code: 'not-allowed' })
    })
  })

  it('the admins that doctor reads are those with the role, and whether they have a second factor', async () => {
    expect((await inspectContents(at().database.url)).contents?.admins).toEqual([])
    const [weak, strong] = [
      await aSignedInAccount(at(), { email: 'a@doctor.example', roles: ['admin'] }),
      await aSignedInAccount(at(), { email: 'b@doctor.example', roles: ['support', 'admin'] }),
    ]
    await deps()
      .db.transaction()
      .execute((tx) => updateAccount(tx, strong.accountId, { totp_secret: 'x' }))
    expect((await inspectContents(at().database.url)).contents?.admins).toEqual([
      { email: weak.email, hasSecondFactor: false },
      { email: strong.email, hasSecondFactor: true },
    ])
  })
})
