import type { OwnAccountBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'

/** The principal of the person, for the permission rules in the domain package. */
export function toPrincipal(account: OwnAccountBody): AccountPrincipal {
  return {
    kind: 'account',
    accountId: account.id,
    sessionId: account.session.id,
    name: account.name,
    roles: account.roles,
    memberships: account.memberships,
    hasSecondFactor: account.session.hasSecondFactor,
    verifiedAt: Date.parse(account.session.verifiedAt),
  }
}
