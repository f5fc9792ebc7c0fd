import { DomainError, isPlatformRole, PLATFORM_ROLES, type PlatformRole } from '@kickstand/domain'

/** Platform roles, separated by commas; `none` for none. Throws `invalid-request`. */
export function readRoles(text: string): PlatformRole[] {
  const names = text.trim() === 'none' ? [] : text.split(',').map((name) => name.trim())
  const roles = names.filter(isPlatformRole)
  if (roles.length === names.length) return [...new Set(roles)]
  const known = PLATFORM_ROLES.join(', ')
  throw new DomainError('invalid-request', `--set ${text} is no list of roles. Expected some of ${known}, or none.`)
}

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/

/** A day (its start, UTC) or a time with its zone, in epoch milliseconds. Throws `invalid-request`. */
export function readUntil(text: string): number {
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new DomainError(
    'invalid-request',
    `--until ${text} is no time. Expected a day such as 2026-12-31, or 2026-12-31T18:00:00Z.`,
  )
}
