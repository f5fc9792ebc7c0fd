import { grantOf, isForInstallation, isScope, type Action } from './actions.ts'
import type { Principal } from './principal.ts'
import { ORGANISATION_ROLES, PLATFORM_ROLES, type AccountRole } from './roles.ts'

/** The object of an action. `organisationId`: the organisation that it belongs to; null: it belongs to the installation. */
export type ActionObject = { readonly organisationId: string | null }

/**
 * Whether a principal may do something, and if not, why: `sign-in` is missing, the role does not allow it (`not-allowed`),
 * the session lacks the `second-factor` that every role needs, or the role is in an `other-organisation`.
 */
export type Permission = 'allow' | 'sign-in' | 'not-allowed' | 'second-factor' | 'other-organisation'

/**
 * What a principal may do to an object. Without an object: whether they may do it to at least one object, which suffices for
 * a list that shows only their own objects.
 */
export function permissionFor(principal: Principal, action: Action, object?: ActionObject): Permission {
  if (principal.kind === 'token') {
    if (!principal.scopes.includes(action)) return 'not-allowed'
    if (principal.organisationId !== null && isForInstallation(action)) return 'not-allowed'
    const isElsewhere =
      object !== undefined && principal.organisationId !== null && principal.organisationId !== object.organisationId
    return isElsewhere ? 'other-organisation' : 'allow'
  }
  if (principal.kind !== 'account') return 'sign-in'
  // A person without any role still has an account.
  if (action === 'own-account') return 'allow'
  const held: { role: AccountRole; organisationId: string | null }[] = [
    ...principal.roles.map((role) => ({ role, organisationId: null })),
    ...principal.memberships,
  ]
  const granting = held.filter(({ role }) => grantOf(action, role) !== undefined)
  if (granting.length === 0) return 'not-allowed'
  const here = granting.filter(({ role, organisationId }) => {
    return grantOf(action, role) === 'yes' || object === undefined || organisationId === object.organisationId
  })
  if (here.length === 0) return 'other-organisation'
  // The identity provider of an organisation says nothing about the person's other roles.
  const isProved =
    principal.hasSecondFactor ||
    here.some(({ organisationId }) => organisationId !== null && organisationId === principal.factorOrganisationId)
  return isProved ? 'allow' : 'second-factor'
}

export function can(principal: Principal, action: Action, object?: ActionObject): boolean {
  return permissionFor(principal, action, object) === 'allow'
}

/**
 * The organisations to whose objects a principal may do something; `all` includes those of the installation. For lists,
 * which show only such objects.
 */
export function organisationsWith(principal: Principal, action: Action): 'all' | readonly string[] {
  if (can(principal, action, { organisationId: null })) return 'all'
  const withOne: readonly (readonly [string, Principal])[] =
    principal.kind === 'token'
      ? [[principal.organisationId ?? '', principal]]
      : principal.kind === 'account'
        ? // With one membership each, because looking through all of them for each would take quadratic time.
          principal.memberships.map((one) => [one.organisationId, { ...principal, memberships: [one] }])
        : []
  return withOne.filter(([organisationId, one]) => can(one, action, { organisationId })).map(([id]) => id)
}

/**
 * The scopes that a token still has, given the current rights of the account that created it. A token of an organisation
 * never has those that concern the whole installation.
 */
export function scopesWithin(scopes: readonly Action[], creator: Principal, object: ActionObject): Action[] {
  return scopes.filter((scope) => {
    const isElsewhere = object.organisationId !== null && isForInstallation(scope)
    return isScope(scope) && !isElsewhere && can(creator, scope, object)
  })
}

/** The columns of the table of permissions. `token`: one whose scope names exactly the action of the route. */
export const PRINCIPALS = ['anonymous', 'rider', ...ORGANISATION_ROLES, ...PLATFORM_ROLES, 'token'] as const
export type PrincipalKind = (typeof PRINCIPALS)[number]

/**
 * Who may use a route. `public`: everybody, and no credentials are read. `rider`: riders; anybody becomes one with their
 * first report. `own-rider`: requires the secret of the device, because the route changes data that this rider sent. An
 * action: principals with that permission.
 */
export type AccessRule = 'public' | 'rider' | 'own-rider' | Action

export type Decision = 'allow' | 'deny'

/** Whether a principal may use a route with this access; a member of an organisation, on their own objects. */
export function decide(access: AccessRule, principal: PrincipalKind): Decision {
  return isAllowed(access, principal) ? 'allow' : 'deny'
}

function isAllowed(access: AccessRule, principal: PrincipalKind): boolean {
  if (access === 'public') return true
  // All other requests without a device secret are from anonymous riders. A machine never acts as a rider.
  if (access === 'rider') return principal !== 'token'
  if (access === 'own-rider') return principal === 'rider'
  if (principal === 'anonymous' || principal === 'rider') return false
  return principal === 'token' ? isScope(access) : grantOf(access, principal) !== undefined
}
