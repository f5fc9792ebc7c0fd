import { isPlatformRole, PLATFORM_ROLES, type PlatformRole } from '@kickstand/domain'

/** The platform roles of an account, as they are stored. */
export function rolesOf(account: { readonly roles: string }): PlatformRole[] {
  return account.roles.split(',').filter(isPlatformRole)
}

/** The stored form of a list of roles: ordered and without duplicates. */
export function rolesText(roles: readonly PlatformRole[]): string {
  return PLATFORM_ROLES.filter((role) => roles.includes(role)).join(',')
}
