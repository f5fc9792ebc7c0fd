import type { accountBody, listSessions } from '@kickstand/backend'

type Account = Awaited<ReturnType<typeof accountBody>>
type Session = Awaited<ReturnType<typeof listSessions>>['sessions'][number]

const toMinute = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** An account in a list, on one line. */
export function accountLine({ email, name, roles, suspension }: Account): string {
  const shownRoles = roles.length === 0 ? '-' : roles.join(',')
  return `${email.padEnd(32)}  ${shownRoles.padEnd(16)}  ${name}${suspension === null ? '' : '  (suspended)'}`
}

/** Everything about an account. */
export function accountLines(account: Account): string[] {
  const { suspension, memberships, lastUsedAt } = account
  const ends = suspension === null || suspension.until === null ? '' : ` until ${toMinute(suspension.until)}`
  return [
    `${account.email}  ${account.name}`,
    `id             ${account.id}`,
    `roles          ${account.roles.length === 0 ? 'none' : account.roles.join(', ')}`,
    ...memberships.map(({ organisationId, role }) => `organisation   ${organisationId} as ${role}`),
    `second factor  ${account.hasSecondFactor ? 'set up' : 'none'}`,
    `suspended      ${suspension === null ? 'no' : `since ${toMinute(suspension.since)}${ends}: ${suspension.reason}`}`,
    `last used      ${lastUsedAt === null ? 'unknown' : toMinute(lastUsedAt)}`,
    `created        ${toMinute(account.createdAt)}`,
  ]
}

/** A session in a list, on one line. */
export function sessionLine({ id, device, network, createdAt, usedAt }: Session): string {
  const place = `${device === '' ? 'unknown device' : device}${network === '' ? '' : `, network ${network}`}`
  return `${id}  since ${toMinute(createdAt)}  used ${toMinute(usedAt)}  ${place}`
}
