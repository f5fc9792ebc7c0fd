// The roles of accounts. Riders need no account and have no role.

/** Roles for the whole installation. `auditor` reads everything and changes nothing. */
export const PLATFORM_ROLES = ['support', 'moderator', 'auditor', 'admin'] as const
export type PlatformRole = (typeof PLATFORM_ROLES)[number]

/** Roles within one organisation. Each role also has the rights of the roles before it. */
export const ORGANISATION_ROLES = ['viewer', 'attendant', 'manager', 'owner'] as const
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number]

export type AccountRole = OrganisationRole | PlatformRole

export function isPlatformRole(role: string): role is PlatformRole {
  return (PLATFORM_ROLES as readonly string[]).includes(role)
}

export function isOrganisationRole(role: string): role is OrganisationRole {
  return (ORGANISATION_ROLES as readonly string[]).includes(role)
}
