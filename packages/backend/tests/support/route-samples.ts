import type { AuditAction } from '#audit/audit-actions.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** A request to a route; the method is that of the route. */
export type Call = {
  readonly path: string
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** `make` makes what the route changes, and returns a request that changes it and one that fails. */
export type RouteSample = {
  readonly action: AuditAction
  readonly make: (at: ServiceUnderTest) => Promise<{ readonly works: Call; readonly fails: Call }>
}

/** Every route that changes something which is audited. */
export const CHANGES: Readonly<Record<string, RouteSample>> = {}

const OF_RIDERS = 'reports and contributions of riders are their own record'

/** Every other route that is no GET, with the reason why it writes no audit entry. */
export const NO_ENTRY: Readonly<Record<string, string>> = {
  'POST /v1/reports': OF_RIDERS,
  'DELETE /v1/reports/{id}': OF_RIDERS,
  'POST /v1/zones': OF_RIDERS,
  'POST /v1/zones/{id}/contributions': OF_RIDERS,
  'DELETE /v1/riders/me/contributions/{id}': OF_RIDERS,
  'POST /v1/zones/{id}/photos': OF_RIDERS,
  'DELETE /v1/riders/me': 'an entry would name the rider; the list of erased riders has a hash of their id',
  'POST /v1/feeds/{id}/readings': 'readings of sensors are their own record',
}
