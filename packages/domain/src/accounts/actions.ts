import type { AccountRole } from './roles.ts'

/** The extent of a permission. `own`: only for objects of organisations in which the account has the role. */
export type Grant = 'yes' | 'own'

type Grants = Readonly<Partial<Record<AccountRole, Grant>>>

const EVERY_ACCOUNT: Grants = {
  viewer: 'yes',
  attendant: 'yes',
  manager: 'yes',
  owner: 'yes',
  support: 'yes',
  moderator: 'yes',
  auditor: 'yes',
  admin: 'yes',
}
const READERS: Grants = { support: 'yes', auditor: 'yes', admin: 'yes' }
const EVERY_MEMBER: Grants = { viewer: 'own', attendant: 'own', manager: 'own', owner: 'own' }

/**
 * The permissions: for each action, the roles that may perform it. A role that is not listed may not. The server, the console
 * and docs/admin/permissions.md all use this table.
 */
export const PERMISSIONS = {
  /** The account's own profile, credentials, sessions and memberships. No other role or token may do this for it. */
  'own-account': EVERY_ACCOUNT,
  'accounts:read': READERS,
  /** Roles, suspension, sessions and recovery of other accounts, and invitations to the platform. */
  'accounts:write': { admin: 'yes' },
  'organisations:read': { ...READERS, moderator: 'yes', ...EVERY_MEMBER },
  'organisations:create': { admin: 'yes' },
  'organisations:write': { admin: 'yes', owner: 'own' },
  'members:read': { ...READERS, ...EVERY_MEMBER },
  /** Invitations, roles and removal of members, and recovery of their accounts. */
  'members:write': { admin: 'yes', owner: 'own' },
  'tokens:read': { auditor: 'yes', admin: 'yes', manager: 'own', owner: 'own' },
  'tokens:write': { admin: 'yes', manager: 'own', owner: 'own' },
  /** Figures of the service: requests, errors, latency, jobs. */
  'monitoring:read': { ...READERS, moderator: 'yes' },
  'audit:read': { auditor: 'yes', admin: 'yes', owner: 'own' },
  /** Readings of sensors, gates and counters. */
  'readings:write': { admin: 'yes' },
  'zones:write': { admin: 'yes', manager: 'own', owner: 'own' },
} as const satisfies Record<string, Grants>

export type Action = keyof typeof PERMISSIONS

export const ACTIONS = Object.keys(PERMISSIONS) as readonly Action[]

/**
 * Actions that only people may perform. Tokens cannot have them, because they must not change accounts, credentials or other
 * tokens.
 */
const PEOPLE_ONLY: ReadonlySet<Action> = new Set([
  'own-account',
  'accounts:read',
  'accounts:write',
  'organisations:create',
  'members:write',
  'tokens:write',
])

/** The actions that can be the scope of a token. */
export const SCOPES: readonly Action[] = ACTIONS.filter((action) => !PEOPLE_ONLY.has(action))

export function isScope(text: string): text is Action {
  return (SCOPES as readonly string[]).includes(text)
}

/** Whether an action concerns the whole installation: no role of an organisation has it for the objects of that organisation. */
export function isForInstallation(action: Action): boolean {
  const grants: Grants = PERMISSIONS[action]
  return !Object.values(grants).includes('own')
}

/** What a role may do; undefined: nothing. */
export function grantOf(action: Action, role: AccountRole): Grant | undefined {
  const grants: Grants = PERMISSIONS[action]
  return grants[role]
}
