import { paths, type NewInvitationBody, type NewLinkBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterEach, describe, expect, it } from 'vitest'
import { listMails, showMail } from '#features/mail/list-mails.ts'
import type { Mail } from '#features/mail/mail-kinds.ts'
import { openTransport, type MailTransport } from '#features/mail/open-transport.ts'
import { queueMail } from '#features/mail/queue-mail.ts'
import { sendMails } from '#features/mail/send-mails.ts'
import { newId } from '#platform/ids.ts'
import { aCertificate, startMailServer, type MailServer, type MailServerOptions } from './support/mail-server.ts'
import { anOrganisation, aSignedInAccount } from './support/people.ts'
import { useService } from './support/use-service.ts'

const LINK = 'http://localhost:4242/console/invitation#secret-of-the-link'
const INVITATION: Mail = { kind: 'invitation', link: LINK, by: 'Anna', organisation: 'City of <Test> & Söhne' }
const FROM = 'Kickstand <no-reply@parking.example>'
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

forEachEngine((engine) => {
  // Without jobs, which would send mails between the steps of a test.
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'api' } })
  const closes: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closes.splice(0)) await close()
    await at().service.context.db.deleteFrom('mails').execute()
  })

  async function queue(mail: Mail = INVITATION, language = 'en', email = 'bob@example.org'): Promise<string> {
    const deps = { clock: at().clock.now, newId }
    return at()
      .service.context.db.transaction()
      .execute((tx) => queueMail(tx, deps, { email, language }, mail))
  }
  async function serve(options: MailServerOptions = {}): Promise<MailServer> {
    const server = await startMailServer(options)
    closes.push(() => server.stop())
    return server
  }
  function connect(url: string, tls: { ca?: string } = {}): MailTransport {
    const transport = openTransport(url, tls)
    closes.unshift(() => transport.close())
    return transport
  }
  const send = (transport: MailTransport | null) =>
    sendMails({ db: at().service.context.db, clock: at().clock.now, transport, from: FROM })
  const state = async (id: string) => {
    const { db } = at().service.context
    const { state: current, attempts, error, text } = await showMail(db, id)
    return { state: current, attempts, error, text }
  }

  describe('a mail', () => {
    it('is sent once, as text and HTML in the language of its reader, and its content is deleted then', async () => {
      const server = await serve()
      const transport = connect(`smtp://127.0.0.1:${server.port}`)
      const id = await queue(INVITATION, 'de')
      expect((await state(id)).text).toContain(LINK)
      await send(transport)
      await send(transport)
      expect(server.received).toHaveLength(1)
      const [{ to, raw }] = server.received
      expect(to).toEqual(['bob@example.org'])
      expect(raw).toContain(`Message-ID: <${id}@parking.example>`)
      expect(raw).toContain('Auto-Submitted: auto-generated')
      expect(raw).toContain('multipart/alternative')
      expect(decoded(raw)).toContain('City of &lt;Test&gt; &amp; Söhne')
      expect(decoded(raw)).toContain('Einladung annehmen')
      expect(await state(id)).toEqual({ state: 'sent', attempts: 1, error: null, text: '' })
    })

    it('waits without a mail server, expires after seven days, and is forgotten after thirty more', async () => {
      const id = await queue()
      await send(null)
      expect((await state(id)).state).toBe('waiting')
      at().clock.advance(7 * DAY_MS + 1)
      await send(null)
      expect(await state(id)).toMatchObject({ state: 'expired', text: '' })
      at().clock.advance(30 * DAY_MS + 1)
      await send(null)
      expect(await listMails(at().service.context.db, { limit: 10 })).toEqual([])
    })

    it('is not queued by a change that fails', async () => {
      const { db } = at().service.context
      const failing = db.transaction().execute(async (tx) => {
        await queueMail(tx, { clock: at().clock.now, newId }, { email: 'bob@example.org', language: 'en' }, INVITATION)
        throw new Error('the change failed')
      })
      await expect(failing).rejects.toThrow('the change failed')
      expect(await listMails(db, { limit: 10 })).toEqual([])
    })

    it('has one recipient, whatever the address looks like', async () => {
      const server = await serve()
      const transport = connect(`smtp://127.0.0.1:${server.port}`)
      await queue(INVITATION, 'en', 'bob@example.org,eve@example.org')
      await send(transport)
      expect(server.received.flatMap(({ to }) => to)).not.toContain('eve@example.org')
    })
  })

  it('a new password is told to its person by mail, without the password', async () => {
    const { cookie, email } = await aSignedInAccount(at())
    const password = 'three lanes of white paint'
    const response = await fetch(at().url + paths.ownPassword(), {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    })
    expect(response.status).toBe(204)
    const [{ id, kind, to }] = await listMails(at().service.context.db, { limit: 10 })
    expect([kind, to]).toEqual(['credentials-changed', email])
    const { text } = await showMail(at().service.context.db, id)
    expect(text).toContain('The password of your account was changed at 2026-')
    expect(text).not.toContain(password)
  })

  describe('a link that works once', () => {
    it.each([
      ['an invitation to an organisation', 'owner', (id: string) => paths.memberInvitations(id), { role: 'viewer' }],
      ['an invitation to the platform', 'admin', () => paths.invitations(), { role: 'support' }],
    ] as const)('of %s is mailed to its person', async (_, by, path, role) => {
      const organisationId = await anOrganisation(at())
      const rights = by === 'owner' ? { memberships: [{ organisationId, role: by }] } : { roles: [by] }
      const { cookie } = await aSignedInAccount(at(), { name: 'Olga', ...rights })
      const body = { email: 'New@example.org', ...role }
      const response = await at().post(path(organisationId), body, { cookie })
      expect(response.status).toBe(201)
      const { link } = (await response.json()) as NewInvitationBody
      const mails = await listMails(at().service.context.db, { limit: 10 })
      expect(mails).toMatchObject([{ kind: 'invitation', to: 'new@example.org', state: 'waiting' }])
      const [{ id }] = mails
      const { text } = await showMail(at().service.context.db, id)
      expect(text).toContain(link)
      expect(text).toContain('Olga')
    })

    it('of a recovery is mailed in the language of the account', async () => {
      const { cookie } = await aSignedInAccount(at(), { roles: ['admin'] })
      const lost = await aSignedInAccount(at())
      await at()
        .service.context.db.updateTable('accounts')
        .set({ language: 'de' })
        .where('id', '=', lost.accountId)
        .execute()
      const response = await at().post(paths.accountRecovery(lost.accountId), { reason: 'lost phone' }, { cookie })
      const { link } = (await response.json()) as NewLinkBody
      const [{ id, to, subject }] = await listMails(at().service.context.db, { limit: 10 })
      expect([to, subject]).toEqual([lost.email, 'Zurück in dein Kickstand-Konto'])
      expect((await showMail(at().service.context.db, id)).text).toContain(link)
    })
  })

  describe('a mail server that', () => {
    it('answers 4xx is tried again later, until it accepts', async () => {
      const server = await serve({ behaviours: ['defer', 'defer'] })
      const transport = connect(`smtp://127.0.0.1:${server.port}`)
      const id = await queue()
      await send(transport)
      expect(await state(id)).toMatchObject({ state: 'waiting', attempts: 1, error: expect.stringContaining('451') })
      await send(transport)
      expect((await state(id)).attempts, 'not before its time').toBe(1)
      at().clock.advance(MINUTE_MS)
      await send(transport)
      expect((await state(id)).attempts).toBe(2)
      at().clock.advance(5 * MINUTE_MS)
      await send(transport)
      expect(await state(id)).toMatchObject({ state: 'sent', attempts: 3 })
      expect(server.received).toHaveLength(1)
    })

    it('rejects the recipient is not asked again, and other mails are sent', async () => {
      const server = await serve({ behaviours: ['reject'] })
      const transport = connect(`smtp://127.0.0.1:${server.port}`)
      const [rejected, other] = [await queue(), await queue({ kind: 'recovery', link: LINK })]
      await send(transport)
      expect(await state(rejected)).toMatchObject({ state: 'failed', error: expect.stringContaining('550'), text: '' })
      expect((await state(other)).state).toBe('sent')
    })

    it('is away or stalls costs nothing but time, and fails the mail after seven attempts', async () => {
      const server = await serve()
      await server.stop()
      closes.length = 0
      const transport = connect(`smtp://127.0.0.1:${server.port}`)
      const id = await queue()
      for (const minutes of [0, 1, 5, 15, 60, 240, 720, 1440]) {
        at().clock.advance(minutes * MINUTE_MS)
        await send(transport)
      }
      expect(await state(id)).toMatchObject({ state: 'failed', attempts: 8, text: '' })
    })

    it('has TLS from the start is trusted with its certificate only', async () => {
      const { key, cert } = aCertificate()
      const server = await serve({ secure: true, key, cert })
      const id = await queue()
      await send(connect(`smtps://localhost:${server.port}`))
      expect(await state(id)).toMatchObject({ state: 'waiting', error: expect.stringContaining('certificate') })
      at().clock.advance(MINUTE_MS)
      await send(connect(`smtps://localhost:${server.port}`, { ca: cert }))
      expect((await state(id)).state).toBe('sent')
      expect(server.received[0]?.wasEncrypted).toBe(true)
    })

    it('asks for a password gets it over TLS only', async () => {
      const seen: string[] = []
      const onAuth: MailServerOptions['onAuth'] = ({ username, password }, _session, done) => {
        seen.push(`${username} ${password}`)
        return done(null, { user: username })
      }
      const plain = await serve({ onAuth, hideSTARTTLS: true })
      const id = await queue()
      await send(connect(`smtp://robot:s%40fe@localhost:${plain.port}`))
      expect((await state(id)).state).toBe('waiting')
      expect(seen).toEqual([])
      const { key, cert } = aCertificate()
      const encrypted = await serve({ onAuth, key, cert })
      at().clock.advance(MINUTE_MS)
      await send(connect(`smtp://robot:s%40fe@localhost:${encrypted.port}`, { ca: cert }))
      expect((await state(id)).state).toBe('sent')
      expect(seen).toEqual(['robot s@fe'])
    })
  })
})

/** A raw mail with its quoted-printable or base64 parts as text. */
function decoded(raw: string): string {
  return raw
    .split(/\r\n--/)
    .map((part) => {
      const [head = '', body = ''] = part.split(/\r\n\r\n([^]*)/)
      if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
      const bytes = body
        .replaceAll(/=\r\n/g, '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
      return Buffer.from(bytes, 'latin1').toString()
    })
    .join('\n')
}
