import { InvitationListSchema, NewInvitationSchema, paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { asAccount } from '../support/as-account.ts'
import { entriesOf } from '../support/audit-entries.ts'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: 'https://parking.example' } })
  const anAdmin = () => aSignedInAccount(at(), { roles: ['admin'] })
  async function invite(email: string, role = 'moderator') {
    const answer = await asAccount(at(), await anAdmin())('POST', paths.invitations(), { email, role })
    expect(answer.status).toBe(201)
    return expectShape(NewInvitationSchema, await answer.json())
  }
  async function statesOf(email: string): Promise<string[]> {
    const answer = await asAccount(at(), await anAdmin())('GET', paths.invitations())
    const { invitations } = expectShape(InvitationListSchema, await answer.json())
    return invitations.filter((one) => one.email === email).map(({ state }) => state)
  }

  describe('an invitation to a platform role', () => {
    it('has a link at the public address that is shown once, and one audit entry without it', async () => {
      const { invitation, link } = await invite(' New.Person@Example.org')
      expect(invitation).toMatchObject({ email: 'new.person@example.org', role: 'moderator', state: 'waiting' })
      expect(Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)).toBe(7 * 24 * 3_600_000)
      expect(link).toMatch(/^https:\/\/parking\.example\/console\/invitation#[\w-]{43}$/)
      const list = await (await asAccount(at(), await anAdmin())('GET', paths.invitations())).text()
      const entries = await entriesOf(at(), 'invitation', invitation.id)
      expect(entries).toMatchObject([
        { action: 'invitations:create', after: { email: 'new.person@example.org', role: 'moderator' } },
      ])
      expect(list + JSON.stringify(entries)).not.toContain(link.split('#')[1])
    })

    it('replaces an earlier one for the same address, expires, and can be revoked once', async () => {
      const email = 'twice@example.org'
      const first = await invite(email)
      const second = await invite('TWICE@example.org', 'auditor')
      expect(await statesOf(email)).toEqual(['waiting', 'revoked'])
      const send = asAccount(at(), await anAdmin())
      const path = paths.invitation(second.invitation.id)
      expect((await send('DELETE', path)).status).toBe(204)
      await expectProblem(await send('DELETE', path), 410, 'link-not-usable')
      await expectProblem(await send('DELETE', paths.invitation(first.invitation.id)), 410, 'link-not-usable')
      expect(await statesOf(email)).toEqual(['revoked', 'revoked'])
      const actions = (await entriesOf(at(), 'invitation', second.invitation.id)).map(({ action }) => action)
      expect(actions).toEqual(['invitations:create', 'invitations:revoke'])
      await invite(email)
      at().clock.advance(7 * 24 * 3_600_000)
      expect(await statesOf(email)).toEqual(['expired', 'revoked', 'revoked'])
    })

    it('is rejected for a role that the account has, and for what is no address', async () => {
      const { email } = await aSignedInAccount(at(), { roles: ['support'] })
      const send = asAccount(at(), await anAdmin())
      const again = await send('POST', paths.invitations(), { email: email.toUpperCase(), role: 'support' })
      expect(pointers(await expectProblem(again, 400, 'invalid-request'))).toEqual(['/role'])
      const hostile = [
        '',
        'anna',
        'а@example.org',
        'a@example.org\nBcc: b@example.org',
        `${'x'.repeat(300)}@example.org`,
      ]
      for (const each of hostile) {
        const answer = await send('POST', paths.invitations(), { email: each, role: 'support' })
        expect(pointers(await expectProblem(answer, 400, 'invalid-request')), each).toEqual(['/email'])
      }
      for (const body of [{ email, role: 'owner' }, { email }, { email, role: 'admin', roles: [] }])
        await expectProblem(await send('POST', paths.invitations(), body), 400, 'invalid-request')
    })

    it('needs a fresh proof of identity, and is no way to revoke a link of another kind', async () => {
      const { accountId } = await aSignedInAccount(at())
      const send = asAccount(at(), await anAdmin())
      await send('POST', paths.accountRecovery(accountId), { reason: 'lost phone' })
      const { db } = at().service.context
      const link = await db
        .selectFrom('links')
        .select('id')
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()
      await expectProblem(await send('DELETE', paths.invitation(link.id)), 404, 'not-found')
      at().clock.advance(10 * 60_000 + 1)
      const body = { email: 'late@example.org', role: 'support' }
      await expectProblem(await send('POST', paths.invitations(), body), 403, 'step-up-required')
      await expectProblem(await send('DELETE', paths.invitation(link.id)), 403, 'step-up-required')
    })
  })
})
