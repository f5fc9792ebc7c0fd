import type { OwnAccountBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'

/** Whether the session has the second factor that each role of the account needs. */
export function hasFactorForAll({ roles, memberships, session }: OwnAccountBody): boolean {
  const { hasSecondFactor, factorOrganisationId } = session
  const isCovered = memberships.every(({ organisationId }) => organisationId === factorOrganisationId)
  return hasSecondFactor || (roles.length === 0 && isCovered)
}

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
    factorOrganisationId: account.session.factorOrganisationId,
    verifiedAt: Date.parse(account.session.verifiedAt),
  }
}
