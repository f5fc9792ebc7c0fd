import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, newSecret, type NewId } from '#platform/ids.ts'
import { prefixOf } from '#platform/network.ts'
import { markJoined } from '../predecessor/person-store.ts'
import { deviceOf } from './device.ts'
import { insertSession, replaceSecret } from './session-store.ts'

/** Where a sign-in came from: the user agent and address of its request. */
export type SignInOrigin = { readonly userAgent: string; readonly address: string }

/** `provider`: the identity provider that opens it, by its organisation; none if not given. */
type Opening = {
  readonly hasSecondFactor: boolean
  readonly origin: SignInOrigin
  readonly provider?: { readonly organisationId: string; readonly countsAsSecondFactor: boolean }
}

type Deps = { readonly clock: Clock; readonly newId: NewId }

/**
 * Opens a session of an account in the transaction of the sign-in. With the first session, a person of the predecessor joins:
 * their earlier reports are linked to their account again.
 * @returns its secret, for the cookie: 256 random bits, of which only a hash is stored
 */
export async function openSession(
  tx: Tx,
  { clock, newId }: Deps,
  accountId: string,
  { hasSecondFactor, origin, provider }: Opening,
): Promise<string> {
  const secret = newSecret()
  const now = clock()
  await insertSession(tx, {
    id: newId(),
    hash: hashOfKey(secret),
    account_id: accountId,
    has_second_factor: Number(hasSecondFactor),
    verified_at: now,
    device: deviceOf(origin.userAgent),
    network: prefixOf(origin.address) ?? '',
    created_at: now,
    used_at: now,
    provider_organisation_id: provider?.organisationId ?? null,
    factor_organisation_id: provider?.countsAsSecondFactor === true ? provider.organisationId : null,
  })
  await markJoined(tx, accountId, now)
  return secret
}

/**
 * Gives a session a new secret after its rights or its proof of identity have changed, so that the earlier secret does not
 * get the new rights. Null if the session has ended.
 * @returns the new secret
 */
export async function renewSession(
  tx: Tx,
  sessionId: string,
  proof: { readonly verifiedAt?: number; readonly hasSecondFactor?: boolean } = {},
): Promise<string | null> {
  const secret = newSecret()
  const renewed = await replaceSecret(tx, sessionId, {
    hash: hashOfKey(secret),
    ...(proof.verifiedAt === undefined ? {} : { verified_at: proof.verifiedAt }),
    ...(proof.hasSecondFactor === undefined ? {} : { has_second_factor: Number(proof.hasSecondFactor) }),
  })
  return renewed ? secret : null
}
