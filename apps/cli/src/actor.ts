import { userInfo } from 'node:os'
import type { Actor } from '@kickstand/backend'

/** The user of the operating system who runs the command; a number where the system has no name for it. */
function osUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** Who changes something, for the audit log. */
export function commandActor(): Actor {
  return { kind: 'command', name: osUser() }
}

/** Name of the operating system user, for the record of a decision. */
export function whoDecides(): string {
  return `${osUser()} at the command line`.slice(0, 100)
}
