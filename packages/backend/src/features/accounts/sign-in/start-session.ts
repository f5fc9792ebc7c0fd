import type { AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { toPrincipal } from '../people/account-principal.ts'
import type { AccountRow } from '../people/account-store.ts'
import { deviceOf } from '../sessions/device.ts'
import { openSession, type SignInOrigin } from '../sessions/open-session.ts'

/** The request of a sign-in. `network`: a keyed hash, for the audit log. */
export type SignInRequest = SignInOrigin & { readonly id: string; readonly network: string | null }

/** `secret`: for the cookie. */
export type SignedIn = { readonly secret: string; readonly principal: AccountPrincipal }

/** The method with which a person proved their identity. A passkey counts as a second factor. */
type Proof = { readonly method: 'password' | 'passkey'; readonly hasSecondFactor: boolean }

/** Opens a session for a person who has proved their identity, and writes its audit entry. */
export async function startSession(
  tx: Tx,
  { clock, newId }: { readonly clock: Clock; readonly newId: NewId },
  account: AccountRow,
  { method, hasSecondFactor }: Proof,
  request: SignInRequest,
): Promise<SignedIn> {
  const id = newId()
  const secret = await openSession(tx, { clock, newId: () => id }, account.id, { hasSecondFactor, origin: request })
  const session = { id, hasSecondFactor, factorOrganisationId: null, verifiedAt: clock() }
  const principal = await toPrincipal(tx, account, session)
  const actor = {
    kind: 'account',
    name: principal.name,
    id: account.id,
    request: { id: request.id, network: request.network },
  } as const
  await writeEntry(
    tx,
    { actor, clock },
    {
      action: 'sessions:open',
      object: { kind: 'account', id: account.id },
      before: null,
      after: { session: id, method, hasSecondFactor, device: deviceOf(request.userAgent) },
    },
  )
  return { secret, principal }
}
