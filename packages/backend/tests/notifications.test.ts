import {
  NotificationListSchema,
  NotificationPreferencesSchema,
  paths,
  type NotificationListBody,
  type NotificationPreferencesBody,
  type RiderExportBody,
} from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { decideReview } from '#features/moderation/decide-review.ts'
import { deleteNotificationsOf, pruneNotifications } from '#features/notifications/delete-notifications.ts'
import { listMails, showMail } from '#features/mail/list-mails.ts'
import { newId } from '#platform/ids.ts'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { aDevice, tellAccount, tellRider, type Device } from './support/notify.ts'
import { aSignedInAccount } from './support/people.ts'
import { aBrowser } from './support/push-service.ts'
import { useService } from './support/use-service.ts'

const ZONE = { id: 'zone000001', name: 'Market Street', lat: 48.1, lng: 11.5 }
const DAY_MS = 86_400_000
const NIGHT = { from: '22:00', until: '07:00', timeZone: 'Europe/Berlin' }

forEachEngine((engine) => {
  // Without jobs, which would send push messages between the steps of a test.
  const at = useService(engine, { zones: [ZONE], env: { KICKSTAND_ROLES: 'api' } })

  async function inbox({ headers }: Device, query = ''): Promise<NotificationListBody> {
    const answer = await at().get(`${paths.myNotifications()}${query}`, headers)
    expect(answer.status).toBe(200)
    return expectShape(NotificationListSchema, await answer.json())
  }
  async function put(target: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Response> {
    const type = { 'content-type': 'application/json' }
    return fetch(at().url + target, { method: 'PUT', headers: { ...type, ...headers }, body: JSON.stringify(body) })
  }
  async function saved(answer: Response): Promise<NotificationPreferencesBody> {
    expect(answer.status).toBe(200)
    return expectShape(NotificationPreferencesSchema, await answer.json())
  }
  const entries = async (id: string) => {
    const { db } = at().service.context
    const all = await db
      .selectFrom('audit_entries')
      .select('action')
      .where('object_id', '=', id)
      .orderBy('id')
      .execute()
    return all.map(({ action }) => action)
  }

  describe('an inbox', () => {
    it('has what its rider was told, the newest first, in the language of the reader', async () => {
      const [device, other] = [aDevice(), aDevice()]
      await tellRider(at(), device.id)
      at().clock.advance(1000)
      await tellRider(at(), device.id, { verdict: 'rejected', subject: 'photo', reason: 'too dark' })
      const { notifications, unread, nextCursor } = await inbox(device)
      expect(notifications).toMatchObject([
        {
          kind: 'contribution-decided',
          title: 'Your photo was not accepted',
          body: 'Market: a moderator decided against it. Reason: too dark',
          path: '/zones/zone000001',
          readAt: null,
        },
        { title: 'Your contribution was accepted', body: 'Market: everybody sees it now.' },
      ])
      expect({ unread, nextCursor }).toEqual({ unread: 2, nextCursor: null })
      expect((await inbox(device, '?language=de-AT')).notifications[0]?.title).toBe('Dein Foto wurde nicht angenommen')
      expect((await inbox(device, '?language=fr')).notifications[0]?.title).toBe('Your photo was not accepted')
      expect(await inbox(other)).toEqual({ notifications: [], unread: 0, nextCursor: null })
    })

    it('is read page by page, without gaps or repetitions', async () => {
      const device = aDevice()
      for (let n = 0; n < 7; n += 1) await tellRider(at(), device.id, { reason: String(n) })
      const seen: string[] = []
      let query = '?limit=3'
      for (;;) {
        const { notifications, nextCursor, unread } = await inbox(device, query)
        expect(unread).toBe(7)
        seen.push(...notifications.map(({ body }) => body.slice(-1)))
        if (nextCursor === null) break
        query = `?limit=3&cursor=${nextCursor}`
      }
      expect(seen.join('')).toBe('6543210')
      await expectProblem(await at().get(`${paths.myNotifications()}?cursor=x`, device.headers), 400, 'invalid-request')
    })

    it('marks what was seen as read, once, and nothing that is newer', async () => {
      const device = aDevice()
      await tellRider(at(), device.id)
      await tellRider(at(), device.id)
      const upTo = (await inbox(device)).notifications[0]?.id
      await tellRider(at(), device.id)
      const read = () => at().post(paths.myNotificationsRead(), { upTo }, device.headers)
      expect(await (await read()).json()).toEqual({ unread: 1 })
      const before = await inbox(device)
      expect(before.notifications.map(({ readAt }) => readAt === null)).toEqual([true, false, false])
      at().clock.advance(1000)
      expect(await (await read()).json()).toEqual({ unread: 1 })
      expect(await inbox(device)).toEqual(before)
    })

    it('keeps the newest hundred, for ninety days', async () => {
      const device = aDevice()
      for (let n = 0; n < 103; n += 1) await tellRider(at(), device.id, { reason: String(n) })
      const { notifications, unread } = await inbox(device, '?limit=100')
      expect({ unread, oldest: notifications.at(-1)?.body }).toMatchObject({
        unread: 100,
        oldest: expect.stringMatching(/ 3$/),
      })
      at().clock.advance(90 * DAY_MS)
      await pruneNotifications(at().service.context.db, at().clock.now())
      expect((await inbox(device)).unread).toBe(100)
      at().clock.advance(1)
      await pruneNotifications(at().service.context.db, at().clock.now())
      expect((await inbox(device)).unread).toBe(0)
    })

    it('belongs to a device: without its secret there is none', async () => {
      await expectProblem(await at().get(paths.myNotifications()), 401, 'rider-required')
      await expectProblem(await at().post(paths.myNotificationsRead(), { upTo: newId() }), 401, 'rider-required')
      await expectProblem(await at().get(paths.ownNotifications()), 401, 'sign-in-required')
    })

    it('of an account is that account’s alone', async () => {
      const [anna, bob] = [await aSignedInAccount(at()), await aSignedInAccount(at())]
      await tellAccount(at(), anna.accountId, 'admin,auditor')
      const read = async (cookie: string) =>
        (await (await at().get(`${paths.ownNotifications()}?language=de`, { cookie })).json()) as NotificationListBody
      expect((await read(anna.cookie)).notifications).toMatchObject([
        { kind: 'role-changed', title: 'Deine Rollen wurden geändert', path: '/console/account' },
      ])
      expect((await read(anna.cookie)).notifications[0]?.body).toContain('Administration und Revision')
      expect((await read(bob.cookie)).unread).toBe(0)
      const upTo = (await read(anna.cookie)).notifications[0]?.id
      await at().post(paths.ownNotificationsRead(), { upTo }, { cookie: bob.cookie })
      expect((await read(anna.cookie)).unread).toBe(1)
    })

    it('of an account is also a mail in the language of the account', async () => {
      const { accountId } = await aSignedInAccount(at())
      await tellAccount(at(), accountId)
      const { db } = at().service.context
      const [mail] = (await listMails(db, { limit: 100 })).filter(({ to }) => to === `${accountId}@example.org`)
      expect(mail).toMatchObject({
        kind: 'notification',
        subject: 'Kickstand: Deine Rollen wurden geändert',
        state: 'waiting',
      })
      expect((await showMail(db, mail?.id ?? '')).text).toContain(
        'Deine Rollen für die ganze Installation: Administration.',
      )
    })

    it('has nothing of a change that failed', async () => {
      const device = aDevice()
      const { db } = at().service.context
      const failing = db.transaction().execute(async (tx) => {
        const { notify } = await import('#features/notifications/notify.ts')
        const params = { subject: 'photo', verdict: 'accepted', zoneId: null, zone: null, reason: null } as const
        const recipient = { kind: 'rider', id: device.id } as const
        await notify(tx, { newId }, { recipient, kind: 'contribution-decided', params, at: 0 })
        throw new Error('the change failed')
      })
      await expect(failing).rejects.toThrow('the change failed')
      expect((await inbox(device)).unread).toBe(0)
    })
  })

  describe('the decision of a moderator', () => {
    it('is told to all riders who said the same, once, with the reason', async () => {
      const [first, second, against] = [aDevice(), aDevice(), aDevice()]
      for (const [device, value] of [
        [first, true],
        [second, true],
        [against, false],
      ] as const) {
        const target = paths.zoneContributions(ZONE.id)
        expect((await at().post(target, { field: 'covered', value }, device.headers)).status).toBe(201)
      }
      const { db, eventLog } = at().service.context
      const decide = async (accepted: boolean, reason: string | null) => {
        const { id } = await db
          .selectFrom('contributions')
          .select('id')
          .where('zone_id', '=', ZONE.id)
          .where('field', '=', 'covered')
          .where('value', '=', 'true')
          .executeTakeFirstOrThrow()
        const deps = { eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
        await decideReview(deps, `contribution:${id}`, { accepted, by: 'mo', reason })
      }
      await decide(true, null)
      await decide(true, 'again')
      await decide(false, 'it is a tree')
      for (const device of [first, second]) {
        expect((await inbox(device)).notifications.map(({ title, body }) => `${title}. ${body}`)).toEqual([
          'Your contribution was not accepted. Market Street: a moderator decided against it. Reason: it is a tree',
          'Your contribution was accepted. Market Street: everybody sees it now.',
        ])
      }
      expect((await inbox(against)).unread).toBe(0)
    })
  })

  describe('a change of roles', () => {
    it('is told to the account, in the transaction of the change', async () => {
      const [admin, person] = [await aSignedInAccount(at(), { roles: ['admin'] }), await aSignedInAccount(at())]
      const { version } = await at()
        .service.context.db.selectFrom('accounts')
        .select('version')
        .where('id', '=', person.accountId)
        .executeTakeFirstOrThrow()
      const headers = { cookie: admin.cookie, 'if-match': `"${version}"` }
      const body = { roles: ['support'], reason: 'new colleague' }
      expect((await put(paths.accountRoles(person.accountId), body, headers)).status).toBe(200)
      const answer = await at().get(paths.ownNotifications(), { cookie: person.cookie })
      expect(((await answer.json()) as NotificationListBody).notifications).toMatchObject([
        { kind: 'role-changed', body: 'For the whole installation you are now: support.' },
      ])
    })
  })

  describe('preferences', () => {
    const OFF = { kind: 'contribution-decided', channel: 'inbox', isOn: false }

    it('start with the defaults, are replaced as a whole, and decide what is told', async () => {
      const device = aDevice()
      const target = paths.myNotificationPreferences()
      const defaults = await saved(await at().get(target, device.headers))
      expect(defaults.quietHours).toBeNull()
      expect(defaults.channels.map(({ channel, isOn }) => ({ channel, isOn }))).toEqual([
        { channel: 'inbox', isOn: true },
        { channel: 'push', isOn: true },
      ])
      const changed = await saved(await put(target, { channels: [OFF], quietHours: NIGHT }, device.headers))
      expect(changed.channels[0]).toEqual({ ...OFF, isFixed: false })
      expect(changed.quietHours).toEqual(NIGHT)
      expect(await saved(await at().get(target, device.headers))).toEqual(changed)
      await tellRider(at(), device.id)
      expect((await inbox(device)).unread).toBe(0)
      expect(await saved(await put(target, { channels: [], quietHours: null }, device.headers))).toEqual(defaults)
    })

    it.each([
      [{ channels: [], quietHours: null, more: 1 }, '/more'],
      [{ channels: [{ ...OFF, until: 5 }], quietHours: null }, '/channels/0/until'],
      [{ channels: [{ ...OFF, kind: 'gossip' }], quietHours: null }, '/channels/0/kind'],
      [{ channels: [{ ...OFF, kind: 'role-changed' }], quietHours: null }, '/channels/0'],
      [{ channels: [{ ...OFF, channel: 'mail' }], quietHours: null }, '/channels/0'],
      [{ channels: [OFF, { ...OFF, isOn: true }], quietHours: null }, '/channels/1'],
      [{ channels: [OFF] }, '/quietHours'],
      [{ channels: [], quietHours: { ...NIGHT, from: '25:00' } }, '/quietHours/from'],
      [{ channels: [], quietHours: { ...NIGHT, until: NIGHT.from } }, '/quietHours/until'],
      [{ channels: [], quietHours: { ...NIGHT, timeZone: '../../etc' } }, '/quietHours/timeZone'],
    ])('reject %j', async (body, pointer) => {
      const answer = await put(paths.myNotificationPreferences(), body, aDevice().headers)
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toContain(pointer)
    })

    it('of an account keep what is for its safety on, and each change is one audit entry', async () => {
      const { accountId, cookie } = await aSignedInAccount(at())
      const target = paths.ownNotificationPreferences()
      const fixed = { kind: 'role-changed', channel: 'inbox', isOn: false }
      await expectProblem(
        await put(target, { channels: [fixed], quietHours: null }, { cookie }),
        400,
        'invalid-request',
      )
      const push = { ...fixed, channel: 'push' }
      await saved(await put(target, { channels: [push], quietHours: null }, { cookie }))
      expect(await entries(accountId)).toEqual(['notifications:change'])
    })

    it('of an account cannot be changed by a page of another site', async () => {
      const { cookie } = await aSignedInAccount(at())
      const headers = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      const answer = await put(paths.ownNotificationPreferences(), { channels: [], quietHours: null }, headers)
      await expectProblem(answer, 403, 'cross-site-request')
    })
  })

  describe('erasure', () => {
    it('takes everything of a rider or an account, and nothing of others', async () => {
      const [gone, kept] = [aDevice(), aDevice()]
      const anna = await aSignedInAccount(at())
      for (const device of [gone, kept]) {
        await put(paths.myNotificationPreferences(), { channels: [], quietHours: NIGHT }, device.headers)
        const push = { kind: 'contribution-decided', channel: 'push', isOn: true }
        await put(paths.myNotificationPreferences(), { channels: [push], quietHours: NIGHT }, device.headers)
        await at().post(paths.myPushSubscriptions(), aBrowser().subscription, device.headers)
        await tellRider(at(), device.id)
      }
      await at().post(paths.ownPushSubscriptions(), aBrowser().subscription, { cookie: anna.cookie })
      await tellAccount(at(), anna.accountId)
      const { db } = at().service.context
      const count = async (key: string): Promise<number[]> => {
        const tables = ['notifications', 'notification_preferences', 'quiet_hours', 'push_subscriptions'] as const
        const rows = tables.map((table) =>
          db.selectFrom(table).select('recipient').where('recipient', '=', key).execute(),
        )
        return (await Promise.all(rows)).map(({ length }) => length)
      }
      const messages = async () => (await db.selectFrom('push_messages').select('kind').execute()).length
      const before = await messages()
      expect(await count(`rider:${gone.id}`)).toEqual([1, 1, 1, 1])
      const exported = (await (await at().get(paths.myExport(), gone.headers)).json()) as RiderExportBody
      expect(exported).toMatchObject({
        notifications: [{ kind: 'contribution-decided', params: { verdict: 'accepted' }, readAt: null }],
        notificationChoices: [{ kind: 'contribution-decided', channel: 'push', isOn: true }],
        quietHours: NIGHT,
        pushSubscriptions: [{ language: 'en' }],
      })
      expect((await at().delete(paths.me(), gone.headers)).status).toBeLessThan(300)
      expect(await count(`rider:${gone.id}`)).toEqual([0, 0, 0, 0])
      expect(await count(`rider:${kept.id}`)).toEqual([1, 1, 1, 1])
      expect(await messages()).toBe(before - 1)
      await db.transaction().execute((tx) => deleteNotificationsOf(tx, [{ kind: 'account', id: anna.accountId }]))
      expect(await count(`account:${anna.accountId}`)).toEqual([0, 0, 0, 0])
      expect(await count(`rider:${kept.id}`)).toEqual([1, 1, 1, 1])
      expect(await messages()).toBe(before - 2)
    })
  })
})
