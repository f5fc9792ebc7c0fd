import { paths, PushSubscriptionSchema, type PushKeyBody, type PushSubscriptionBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listMails } from '#features/mail/list-mails.ts'
import type { PushTransport } from '#features/notifications/push/post-push.ts'
import { createPushKeys } from '#features/notifications/push/push-keys.ts'
import { publicLookup } from '#features/notifications/push/public-lookup.ts'
import { sendPushes } from '#features/notifications/push/send-pushes.ts'
import { listUnsubscribeHeaders } from '#features/notifications/stop/list-unsubscribe.ts'
import { createStopKey } from '#features/notifications/stop/stop-key.ts'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { aDevice, tellAccount, tellRider, type Device } from './support/notify.ts'
import { aSignedInAccount } from './support/people.ts'
import { aBrowser, startPushService, vapidClaims, type Browser, type PushService } from './support/push-service.ts'
import { useService } from './support/use-service.ts'

const ORIGIN = 'https://parking.example'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

forEachEngine((engine) => {
  // Without jobs, which would send push messages between the steps of a test.
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'api', KICKSTAND_PUBLIC_URL: ORIGIN } })
  let pushService: PushService
  beforeAll(async () => {
    pushService = await startPushService()
  })
  afterAll(() => pushService.stop())
  beforeEach(async () => {
    const { db } = at().service.context
    await db.deleteFrom('push_messages').execute()
    await db.deleteFrom('push_subscriptions').execute()
  })

  async function subscribed({ headers }: Device, browser: Browser): Promise<PushSubscriptionBody> {
    const answer = await at().post(paths.myPushSubscriptions(), browser.subscription, headers)
    expect(answer.status).toBe(201)
    return expectShape(PushSubscriptionSchema, await answer.json())
  }
  /** A rider with a browser that has subscribed. */
  async function aReader(language = 'en'): Promise<{ device: Device; browser: Browser; id: string }> {
    const [device, browser] = [aDevice(), aBrowser(language)]
    return { device, browser, id: (await subscribed(device, browser)).id }
  }
  async function send(transport: PushTransport = pushService.transport): Promise<void> {
    const { db, engine: own, log } = at().service.context
    const database = { db, engine: own }
    const keys = { pushKeys: createPushKeys(database), stopKey: createStopKey(database) }
    const deps = { ...database, ...keys, clock: at().clock.now, log, transport, origin: ORIGIN }
    await sendPushes(deps, new AbortController().signal)
  }
  const arrived = (browser: Browser) => pushService.received.filter(({ path }) => path === browser.path)
  const waiting = async () => at().service.context.db.selectFrom('push_messages').selectAll().execute()
  const subscriptions = async (device: Device) =>
    at()
      .service.context.db.selectFrom('push_subscriptions')
      .select('id')
      .where('recipient', '=', `rider:${device.id}`)
      .orderBy('id')
      .execute()
  async function stopOf(browser: Browser): Promise<string> {
    const [push] = arrived(browser)
    if (push === undefined) throw new Error('nothing arrived')
    const data = browser.read(push).notification['data'] as { stop: string }
    expect(data.stop.startsWith(ORIGIN)).toBe(true)
    return data.stop.slice(ORIGIN.length)
  }

  describe('a push message', () => {
    it('is declarative JSON that only its browser can read, signed with the key that the service states', async () => {
      const { device, browser } = await aReader('de')
      const other = await aReader()
      await tellRider(at(), device.id, { verdict: 'rejected', reason: 'Dort steht <b>ein Baum</b>' })
      await send()
      expect(arrived(other.browser)).toHaveLength(0)
      const [push] = arrived(browser)
      if (push === undefined) throw new Error('nothing arrived')
      expect(browser.read(push)).toEqual({
        web_push: 8030,
        notification: {
          title: 'Dein Beitrag wurde nicht angenommen',
          body: 'Market: Die Moderation hat sich dagegen entschieden. Begründung: Dort steht <b>ein Baum</b>',
          lang: 'de',
          dir: 'ltr',
          navigate: `${ORIGIN}/zones/zone000001`,
          tag: expect.stringMatching(/^[0-9a-z]{17}$/),
          data: { stop: expect.stringContaining(`${ORIGIN}/v1/notifications/stop/`) },
        },
      })
      expect(() => other.browser.read(push)).toThrow('authenticate')
      const { publicKey } = (await (await at().get(paths.pushKey())).json()) as PushKeyBody
      const claims = vapidClaims(push, publicKey)
      expect(claims).toMatchObject({ aud: 'https://push.example.org', sub: ORIGIN })
      expect(claims.exp).toBeGreaterThan(Date.now() / 1000)
      expect(push.headers).toMatchObject({
        ttl: String((72 * HOUR_MS) / 1000),
        urgency: 'normal',
        'content-encoding': 'aes128gcm',
      })
      expect(JSON.stringify(push.headers) + push.body.toString('latin1')).not.toContain('Market')
    })

    it('is sent once, to each browser of its person', async () => {
      const { device, browser } = await aReader()
      const second = aBrowser('ar')
      await subscribed(device, second)
      await tellRider(at(), device.id)
      await send()
      await send()
      expect(arrived(browser)).toHaveLength(1)
      const [push] = arrived(second)
      expect(push === undefined ? null : second.read(push).notification).toMatchObject({ lang: 'ar', dir: 'rtl' })
      expect(await waiting()).toEqual([])
    })

    it('fits into what push services take, however long the reason is', async () => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id, { reason: '🏍'.repeat(500) })
      await send()
      const [push] = arrived(browser)
      if (push === undefined) throw new Error('nothing arrived')
      expect(push.body.length).toBeLessThanOrEqual(4096)
      expect(browser.read(push).notification['body']).toMatch(/🏍…$/u)
    })

    it('waits while its person has quiet hours', async () => {
      const { device, browser } = await aReader()
      const now = new Date(at().clock.now())
      const hour = (offset: number) => `${String((now.getUTCHours() + offset) % 24).padStart(2, '0')}:00`
      const quietHours = { from: hour(0), until: hour(2), timeZone: 'UTC' }
      await fetch(at().url + paths.myNotificationPreferences(), {
        method: 'PUT',
        headers: { ...device.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ channels: [], quietHours }),
      })
      await tellRider(at(), device.id)
      await send()
      at().clock.advance(2 * HOUR_MS - (now.getTime() % HOUR_MS) - 1)
      await send()
      expect(arrived(browser)).toHaveLength(0)
      at().clock.advance(1)
      await send()
      expect(arrived(browser)).toHaveLength(1)
    })

    it('is not sent once it was read, expired, or its kind was turned off', async () => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id)
      const { id } = await at()
        .service.context.db.selectFrom('notifications')
        .select('id')
        .where('recipient', '=', `rider:${device.id}`)
        .executeTakeFirstOrThrow()
      await at().post(paths.myNotificationsRead(), { upTo: id }, device.headers)
      expect(await waiting()).toEqual([])
      await tellRider(at(), device.id)
      at().clock.advance(72 * HOUR_MS)
      await send()
      await tellRider(at(), device.id)
      await at()
        .service.context.db.transaction()
        .execute((tx) =>
          tx
            .insertInto('notification_preferences')
            .values({ recipient: `rider:${device.id}`, kind: 'contribution-decided', channel: 'push', is_on: 0 })
            .execute(),
        )
      await send()
      expect(await waiting()).toEqual([])
      expect(arrived(browser)).toHaveLength(0)
    })
  })

  describe('a push service that', () => {
    it.each([404, 410])('answers %i has ended the subscription, which is deleted', async (status) => {
      const { device } = await aReader()
      await tellRider(at(), device.id)
      await tellRider(at(), device.id)
      pushService.answerWith({ status }, { status })
      await send()
      expect(await subscriptions(device)).toEqual([])
      expect(await waiting()).toEqual([])
    })

    it('answers 5xx is asked again later, and takes the message then', async () => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id)
      pushService.answerWith({ status: 503 }, { status: 500 })
      await send()
      await send()
      expect(arrived(browser), 'not before its time').toHaveLength(1)
      at().clock.advance(MINUTE_MS / 2)
      await send()
      expect((await waiting())[0]?.attempts).toBe(2)
      at().clock.advance(2 * MINUTE_MS)
      await send()
      expect(arrived(browser)).toHaveLength(3)
      expect(await waiting()).toEqual([])
    })

    it('answers 429 is left in peace for as long as it asks', async () => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id)
      const date = new Date(at().clock.now() + 3 * HOUR_MS).toUTCString()
      pushService.answerWith(
        { status: 429, headers: { 'retry-after': '3600' } },
        { status: 429, headers: { 'retry-after': date } },
      )
      await send()
      at().clock.advance(HOUR_MS - 1)
      await send()
      expect(arrived(browser)).toHaveLength(1)
      at().clock.advance(1)
      await send()
      at().clock.advance(2 * HOUR_MS - 1000)
      await send()
      expect(arrived(browser)).toHaveLength(2)
      at().clock.advance(1000)
      await send()
      expect(arrived(browser)).toHaveLength(3)
    })

    it.each([
      ['rejects the message', { status: 400 }],
      ['redirects elsewhere', { status: 307, headers: { location: 'https://169.254.169.254/' } }],
    ])('%s gets it once', async (_, answer) => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id)
      pushService.answerWith(answer)
      await send()
      expect(await waiting()).toEqual([])
      expect(arrived(browser)).toHaveLength(1)
      expect(await subscriptions(device)).toHaveLength(1)
    })

    it('stalls costs a retry, and messages to others go out', async () => {
      const [slow, quick] = [await aReader(), await aReader()]
      await tellRider(at(), slow.device.id)
      pushService.answerWith('stall')
      await send()
      await tellRider(at(), quick.device.id)
      await send()
      expect(arrived(quick.browser)).toHaveLength(1)
      expect((await waiting()).map(({ attempts }) => attempts)).toEqual([1])
    })

    it('has a name of an address in the own network gets nothing', async () => {
      const { device, browser } = await aReader()
      await tellRider(at(), device.id)
      const lookup = publicLookup((_hostname, done) => done(null, [{ address: '127.0.0.1', family: 4 }]))
      await send({ ...pushService.transport, lookup })
      expect(arrived(browser)).toHaveLength(0)
      expect(await waiting()).toEqual([])
    })
  })

  describe('a subscription', () => {
    const { subscription } = aBrowser()
    it.each([
      ['http://push.example.org/x', '/endpoint'],
      ['https://127.0.0.1/x', '/endpoint'],
      ['https://2130706433/x', '/endpoint'],
      ['https://[::1]/x', '/endpoint'],
      ['https://[::ffff:10.0.0.1]/x', '/endpoint'],
      ['https://localhost/x', '/endpoint'],
      ['https://router.local/x', '/endpoint'],
      ['https://metadata.google.internal./x', '/endpoint'],
      ['https://push.example.org:8443/x', '/endpoint'],
      ['https://user:secret@push.example.org/x', '/endpoint'],
      ['javascript:alert(1)', '/endpoint'],
      [`https://push.example.org/${'x'.repeat(1000)}`, '/endpoint'],
    ])('%# to another address than that of a push service is rejected', async (endpoint, pointer) => {
      const answer = await at().post(paths.myPushSubscriptions(), { ...subscription, endpoint }, aDevice().headers)
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toContain(pointer)
    })

    it.each([
      [{ ...subscription, role: 'admin' }, '/role'],
      [{ ...subscription, keys: { ...subscription.keys, p256dh: 'A'.repeat(87) } }, '/keys/p256dh'],
      [{ ...subscription, keys: { ...subscription.keys, auth: 'short' } }, '/keys/auth'],
    ])('with other fields or keys is rejected', async (body, pointer) => {
      const answer = await at().post(paths.myPushSubscriptions(), body, aDevice().headers)
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toContain(pointer)
    })

    it('is one of ten at most: the oldest makes room', async () => {
      const device = aDevice()
      const made: string[] = []
      for (let n = 0; n < 12; n += 1) made.push((await subscribed(device, aBrowser())).id)
      expect((await subscriptions(device)).map(({ id }) => id)).toEqual(made.slice(2))
    })

    it('is renewed by the same browser, and goes to another person who uses it', async () => {
      const { device, browser, id } = await aReader()
      expect((await subscribed(device, browser)).id).toBe(id)
      const other = aDevice()
      await tellRider(at(), device.id)
      await subscribed(other, browser)
      expect(await subscriptions(device)).toEqual([])
      await send()
      expect(arrived(browser)).toHaveLength(0)
      await tellRider(at(), other.id)
      await send()
      expect(arrived(browser)).toHaveLength(1)
    })

    it('of the same browser, twice at the same moment, is one', async () => {
      const [device, browser] = [aDevice(), aBrowser()]
      const made = await Promise.all([1, 2, 3, 4].map(() => subscribed(device, browser)))
      expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    })

    it('is ended by its person only', async () => {
      const { device, id } = await aReader()
      await expectProblem(await at().delete(paths.myPushSubscription(id), aDevice().headers), 404, 'not-found')
      const { cookie } = await aSignedInAccount(at())
      await expectProblem(await at().delete(paths.ownPushSubscription(id), { cookie }), 404, 'not-found')
      expect((await at().delete(paths.myPushSubscription(id), device.headers)).status).toBe(204)
      await expectProblem(await at().delete(paths.myPushSubscription(id), device.headers), 404, 'not-found')
    })

    it('of an account is one audit entry, without the address of the browser', async () => {
      const { accountId, cookie } = await aSignedInAccount(at())
      const browser = aBrowser()
      const answer = await at().post(paths.ownPushSubscriptions(), browser.subscription, { cookie })
      const { id } = (await answer.json()) as PushSubscriptionBody
      await at().delete(paths.ownPushSubscription(id), { cookie })
      const entries = await at()
        .service.context.db.selectFrom('audit_entries')
        .selectAll()
        .where('object_id', '=', accountId)
        .orderBy('id')
        .execute()
      expect(entries.map(({ action }) => action)).toEqual(['push-subscriptions:add', 'push-subscriptions:remove'])
      expect(JSON.stringify(entries)).not.toContain(browser.path)
    })
  })

  describe('the address that stops a kind', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }

    it('works with one request of any kind, again and again, and for that kind and person only', async () => {
      const [reader, other] = [await aReader(), await aReader()]
      for (const { device } of [reader, other]) await tellRider(at(), device.id)
      await send()
      const stop = await stopOf(reader.browser)
      expect((await at().post(stop, 'List-Unsubscribe=One-Click', form)).status).toBe(204)
      expect((await fetch(at().url + stop, { method: 'POST' })).status).toBe(204)
      for (const { device } of [reader, other]) await tellRider(at(), device.id)
      await send()
      expect(arrived(reader.browser)).toHaveLength(1)
      expect(arrived(other.browser)).toHaveLength(2)
    })

    it('of an account is in the audit log', async () => {
      const { accountId, cookie } = await aSignedInAccount(at())
      const browser = aBrowser('de')
      await at().post(paths.ownPushSubscriptions(), browser.subscription, { cookie })
      await tellAccount(at(), accountId)
      await send()
      const stop = await stopOf(browser)
      await at().post(stop, '', form)
      await at().post(stop, '', form)
      const entries = await at()
        .service.context.db.selectFrom('audit_entries')
        .select(['action', 'actor_kind'])
        .where('object_id', '=', accountId)
        .orderBy('id')
        .execute()
      expect(entries).toEqual([
        { action: 'push-subscriptions:add', actor_kind: 'account' },
        { action: 'notifications:stop', actor_kind: 'link' },
      ])
    })

    it('of mail turns mail off, and leaves the inbox', async () => {
      const { accountId } = await aSignedInAccount(at())
      const { db, engine: own } = at().service.context
      const key = await createStopKey({ db, engine: own })()
      const headers = listUnsubscribeHeaders(key, ORIGIN, accountId, 'role-changed')
      expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
      const [, stop = ''] = /^<https:\/\/parking\.example(\/.+)>$/.exec(headers['List-Unsubscribe'] ?? '') ?? []
      expect((await at().post(stop, 'List-Unsubscribe=One-Click', form)).status).toBe(204)
      await tellAccount(at(), accountId)
      expect((await listMails(db, { limit: 100 })).filter(({ to }) => to.startsWith(accountId))).toEqual([])
      const kept = db.selectFrom('notifications').select('id').where('recipient', '=', `account:${accountId}`)
      expect(await kept.execute()).toHaveLength(1)
    })

    it('cannot be made by somebody else', async () => {
      const { device, browser, id } = await aReader()
      await tellRider(at(), device.id)
      await send()
      const stop = await stopOf(browser)
      const other = (await aReader()).id
      const forged = [
        stop.replace(id, other),
        `${stop.slice(0, -2)}AA`,
        stop.replace('push.', 'mail.'),
        paths.notificationStop('x'),
      ]
      for (const one of forged) {
        if (one !== stop) await expectProblem(await at().post(one, '', form), 404, 'not-found')
      }
      await tellRider(at(), device.id)
      await send()
      expect(arrived(browser)).toHaveLength(2)
    })
  })

  it('the key of the service is made once, and is the public one only', async () => {
    const first = (await (await at().get(paths.pushKey())).json()) as PushKeyBody
    const { db, engine: own } = at().service.context
    const again = await createPushKeys({ db, engine: own })()
    expect(again.publicKey).toBe(first.publicKey)
    expect(Object.keys(first)).toEqual(['publicKey'])
  })
})
