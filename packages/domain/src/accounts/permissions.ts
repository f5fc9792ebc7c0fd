// Who may call what. The server, the command `access` and, later, the console answer from the same table.

/** Whom a request can speak for. `anonymous`: no credentials; `rider`: the secret of a device; `token`: of a machine. */
export const PRINCIPALS = ['anonymous', 'rider', 'token'] as const
export type PrincipalKind = (typeof PRINCIPALS)[number]

/** What only a token with that scope may do. */
export const ACTIONS = ['readings:write'] as const
export type Action = (typeof ACTIONS)[number]

/**
 * Who may use a route. `public`: everybody, and no credentials are read. `rider`: riders; anybody becomes one with their
 * first report. `own-rider`: requires the secret of a device, since the route changes what that rider sent. An action:
 * principals with that permission.
 */
export type AccessRule = 'public' | 'rider' | 'own-rider' | Action

export type Decision = 'allow' | 'deny'

const ALLOWED: Readonly<Record<AccessRule, readonly PrincipalKind[]>> = {
  public: PRINCIPALS,
  // The token of a machine never acts as a rider.
  rider: ['anonymous', 'rider'],
  'own-rider': ['rider'],
  'readings:write': ['token'],
}

/** Whether a principal may use a route with this access. For a token: one whose scope names the action. */
export function decide(access: AccessRule, principal: PrincipalKind): Decision {
  return ALLOWED[access].includes(principal) ? 'allow' : 'deny'
}
