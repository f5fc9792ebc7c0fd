import type { AccountRole } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, newSecret, type NewId } from '#platform/ids.ts'
import type { LinksTable } from '../tables.ts'
import { insertLink } from './link-store.ts'

const DAY_MS = 24 * 3_600_000
const LIFETIME_MS = { setup: 7 * DAY_MS, invitation: 7 * DAY_MS, recovery: DAY_MS } as const

/**
 * What a link allows. `email`: null if the person enters it. `role`: the role that the person gets, in `organisation` or,
 * without one, on the platform. `accountId`: the account to recover. `createdBy`: the account that creates the link.
 * `lifetimeMs`: overrides the default for the purpose.
 */
export type NewLink = {
  readonly purpose: LinksTable['purpose']
  readonly email: string | null
  readonly role: AccountRole | null
  readonly organisation: { readonly id: string; readonly name: string } | null
  readonly accountId: string | null
  readonly createdBy: string | null
  readonly lifetimeMs?: number
}

/** `secret`: part of the fragment of the address, which browsers do not send to servers. */
export type CreatedLink = { readonly id: string; readonly secret: string; readonly expiresAt: number }

/** Creates a link that works once, in the transaction of the change that it belongs to. Only a hash of it is stored. */
export async function createLink(
  tx: Tx,
  { clock, newId }: { readonly clock: Clock; readonly newId: NewId },
  { purpose, email, role, organisation, accountId, createdBy, lifetimeMs = LIFETIME_MS[purpose] }: NewLink,
): Promise<CreatedLink> {
  const secret = newSecret()
  const now = clock()
  const created = { id: newId(), secret, expiresAt: now + lifetimeMs }
  await insertLink(tx, {
    id: created.id,
    hash: hashOfKey(secret),
    purpose,
    email,
    account_id: accountId,
    organisation_id: organisation?.id ?? null,
    organisation_name: organisation?.name ?? null,
    role,
    created_by: createdBy,
    created_at: now,
    expires_at: created.expiresAt,
    used_at: null,
    revoked_at: null,
  })
  return created
}

/** The page of the console that a link opens. The secret is in the fragment. */
const PAGES = { setup: 'setup', invitation: 'invitation', recovery: 'recovery' } as const

/** The address of a link. `origin`: of the service, such as https://parking.example. */
export function addressOfLink(origin: string, purpose: LinksTable['purpose'], secret: string): string {
  return `${origin}/console/${PAGES[purpose]}#${secret}`
}
