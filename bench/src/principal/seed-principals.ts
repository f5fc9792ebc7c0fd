import { hash, randomBytes } from 'node:crypto'
import { createToken, newId, openDatabase, systemClock } from '@kickstand/backend'
import { AN_ACTOR } from '@kickstand/testkit'

/** Creates an organisation with a manager who has a session, and a token of it. `cookie`: the header of the session. */
export async function seedPrincipals(
  databaseUrl: string,
): Promise<{ readonly organisationId: string; readonly cookie: string; readonly token: string }> {
  const database = await openDatabase(databaseUrl, systemClock)
  const { db, close } = database
  try {
    const now = systemClock()
    const [organisationId, accountId, sessionId] = [newId(), newId(), newId()]
    const secret = randomBytes(32).toString('base64url')
    await db.insertInto('organisations').values({ id: organisationId, name: 'Bench', created_at: now }).execute()
    const person = { email: 'bench@example.org', name: 'Bench', language: 'en', roles: '' }
    await db
      .insertInto('accounts')
      .values({ id: accountId, ...person, created_at: now })
      .execute()
    const membership = { organisation_id: organisationId, account_id: accountId, role: 'manager' } as const
    await db
      .insertInto('memberships')
      .values({ ...membership, created_at: now })
      .execute()
    await db
      .insertInto('sessions')
      .values({
        id: sessionId,
        hash: hash('sha256', secret, 'base64url'),
        account_id: accountId,
        has_second_factor: 1,
        verified_at: now,
        device: '',
        network: '',
        created_at: now,
        used_at: now,
      })
      .execute()
    const { token } = await createToken(
      { ...database, clock: systemClock, actor: AN_ACTOR },
      {
        name: 'bench',
        scopes: ['tokens:read'],
        organisationId,
        feedId: null,
        networks: [],
        creator: null,
        expiresAt: null,
      },
    )
    return { organisationId, cookie: `kickstand_session=${secret}`, token }
  } finally {
    await close()
  }
}
